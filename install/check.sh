#!/usr/bin/env bash
# Runs every check, reports every failure, and counts them. Changes nothing.
cd "$(dirname "$0")/.." || exit 1
failed=0
run() {
  echo "== $1"; shift
  "$@" || failed=$((failed + 1))
}
export GOLDENTHREAD_SECRET_KEY="a key for checking alone which guards nothing 4f9c1e7b2a" DJANGO_SETTINGS_MODULE=goldenthread.config.settings
run "style" .venv/bin/ruff check --quiet .
run "format" .venv/bin/ruff format --check --quiet .
run "types" .venv/bin/mypy
run "imports" .venv/bin/lint-imports
run "deployment settings" .venv/bin/python -W error::UserWarning -m django check --deploy --fail-level WARNING
echo "$failed check(s) failed"
exit "$failed"
