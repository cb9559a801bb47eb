#!/usr/bin/env bash
# Renews requirements/run.txt and requirements/test.txt from pyproject.toml: exact versions with hashes, for Python 3.11 to 3.13 on every
# system, without the name of any index. Versions that are locked stay unless pyproject.toml forbids them; --upgrade takes the newest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

compile() {
  .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-strip-markers --custom-compile-command "make lock" "$@"
}

# hatchling is needed to install the checkout itself, so it is locked for both.
compile pyproject.toml --group install --output-file requirements/run.txt "${@}"
# The same versions for the tests: what runs is what was tested.
compile pyproject.toml --group install --group test --constraint requirements/run.txt --output-file requirements/test.txt "${@}"
