#!/usr/bin/env bash
# Installs what only Debian packages give, where we may; says plainly what is missing where we may not.
set -u

case "${1:-}" in
  running) packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0); for_what="PDF files" ;;
  testing) packages=(chromium nginx-light); for_what="tests in a browser or behind a proxy" ;;
  postgresql-15) packages=(postgresql-15); for_what="the tests on PostgreSQL 15" ;;
  spark) packages=(openjdk-17-jre-headless); for_what="the sweep on Spark" ;;
  comparing) packages=(graphviz); for_what="comparing drawings with Graphviz" ;;
  *) echo "usage: $0 running|testing|postgresql-15|spark|comparing" >&2; exit 2 ;;
esac

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ "${#missing[@]}" -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} for ${for_what}."
  # RUNLEVEL: what is installed is not started.
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
  apt-get update -qq >/dev/null 2>&1
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 && exit 0
fi
echo "Without ${missing[*]}, ${for_what} will not work here; everything else will. On Debian: sudo apt-get install ${missing[*]}"
exit 0
