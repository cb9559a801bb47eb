#!/usr/bin/env bash
# Sets up what `make demo` (run), `make test` (test) or `make bench` (bench) needs: Debian packages, then .venv with the locked dependencies and this checkout.
# Usage: tools/setup.sh run|test|bench
# Quiet and quick when everything is there; can be run again at any time, and by two people at once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

group=${1:-}
case $group in run | test | bench) ;; *) echo "usage: tools/setup.sh run|test|bench" >&2; exit 2 ;; esac
groups="run $group" environment=$group
# Benchmarks run in the tests' environment and drive their browsers.
if [ "$group" = bench ]; then groups="run test bench" environment=test; fi

say() { printf 'set-up: %s\n' "$*" >&2; }

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  say "Python 3.11 or newer is needed and was not found. Name one: make PYTHON=/path/to/python3 …"
  return 1
}

wanted_packages() {  # the packages of our groups that are not installed, one a line
  local package
  awk -v groups=" $groups " '!/^#/ && index(groups, " " $1 " ") { print $2 }' tools/debian-packages.txt | while read -r package; do
    dpkg-query --show --showformat='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || echo "$package"
  done
  # Debian's own Python comes without venv; others bring it.
  "$python" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
}

install_debian_packages() {
  local missing as_root log line
  missing=$(wanted_packages | xargs)
  [ -n "$missing" ] || return 0
  line="apt-get update && apt-get install --yes --no-install-recommends $missing"
  if [ "$(id -u)" = 0 ]; then
    as_root="env"
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n env"
  else
    say "these Debian packages are missing: $missing"
    say "please run this line, then the same command again:"
    say "  sudo sh -c '$line'"
    exit 1
  fi
  say "installing Debian packages: $missing"
  log=$(mktemp)
  # A waiting lock and a question must not stop an unattended run.
  if ! $as_root DEBIAN_FRONTEND=noninteractive sh -c "apt-get update -qq -o DPkg::Lock::Timeout=600 &&
      apt-get install -qq --yes --no-install-recommends -o DPkg::Lock::Timeout=600 $missing" >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    say "apt failed. The line was: $line"
    exit 1
  fi
  rm -f "$log"
}

check_homebrew() {
  local formulas="pango harfbuzz" missing="" formula
  [ "$group" = run ] || formulas="$formulas qpdf poppler"
  for formula in $formulas; do
    brew list --formula "$formula" >/dev/null 2>&1 || missing="$missing $formula"
  done
  if [ -n "$missing" ]; then
    say "please run this line, then the same command again:"
    say "  brew install$missing"
    exit 1
  fi
}

check_other_system() {
  if ! "$python" - <<'PY'
import ctypes.util, sys
sys.exit(not all(map(ctypes.util.find_library, ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))))
PY
  then
    say "please install Pango, pangoft2 and harfbuzz-subset with this system's package manager, then run the same command again."
    say "tools/debian-packages.txt lists what else is used, and why."
    exit 1
  fi
}

fingerprint() {  # what the environment for a group is made from: Python, place, lock, metadata
  { "$python" -c 'import sys; print(sys.version)'; pwd; cat "requirements/$1.txt" pyproject.toml tools/setup.sh; } | cksum
}

up_to_date() {
  [ -x .venv/bin/python ] && [ "$(cat ".venv/setup-$1.stamp" 2>/dev/null)" = "$(fingerprint "$1")" ]
}

fill_environment() {
  .venv/bin/python -c 'import pip' 2>/dev/null || "$python" -m venv --clear .venv
  say "installing the locked dependencies into .venv (once; about a minute)"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement "requirements/$environment.txt"
  # The checkout itself: a path file and the command. Nothing is fetched, since hatchling is in the lock.
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
}

python=$(find_python)
if command -v dpkg-query >/dev/null; then
  install_debian_packages
elif [ "$(uname)" = Darwin ]; then
  check_homebrew
else
  check_other_system
fi

mkdir -p out
if command -v flock >/dev/null; then
  exec 9>out/.setup.lock
  flock 9
fi
# An environment for the tests serves the demo as well: its versions are the same.
if ! up_to_date "$environment" && ! { [ "$environment" = run ] && up_to_date test; }; then
  fill_environment
  fingerprint "$environment" >".venv/setup-$environment.stamp"
fi
