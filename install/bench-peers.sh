#!/usr/bin/env bash
# Installs the tools that drawings are compared with, for the benchmark alone: Graphviz from Debian,
# ELK and dagre from npm. kinship2 is measured too where R has it already; pedigreejs is not on npm.
set -u
cd "$(dirname "$0")/.." || exit 1

./install/debian-packages.sh comparing
if command -v npm >/dev/null; then
  npm install --silent --no-fund --no-audit --prefix .tools/peers elkjs@0.12.1 @dagrejs/dagre@3.1.3 >/dev/null \
    || echo "Without ELK and dagre the benchmark measures the other tools."
else
  echo "Without npm, ELK and dagre are left out of the benchmark."
fi
exit 0
