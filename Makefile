# `make help` lists the commands. Each sets up what it needs by itself (tools/setup.sh), once.
# Tests run on two workers, a file on one of them, because files share what is dear to build (a site, a wheel); in the order of folders, since the files of
# browsers, which have few tests and take longest, come first then, and not last on one worker while the other waits.
# PYTHON=… chooses the interpreter for .venv; ARGS=… is handed to pytest; OUT=… is where the demo goes.

SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
OUT ?= out/demo
ARGS ?=
MINUTES ?= 5
export PYTHON

.PHONY: help demo test test-long bench bench-check lint format coverage docs golden words screenshots fuzz lock clean setup-run setup-test setup-bench

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: setup-run ## build the sites of the shipped example schools into out/demo, and say what to open
	@$(BIN)/reviewer demo --out $(OUT)

test: lint ## all checks but the long ones: style, types, rooms, units, properties, gold files, browsers
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --durations 15 $(ARGS)

test-long: setup-test ## the tests that take minutes
	$(BIN)/pytest -m long --durations 15 $(ARGS)

bench: setup-bench ## all benchmarks: benchmarks/results/*.json, RESULTS.md and results.html (half an hour on two quiet cores)
	$(BIN)/python -m benchmarks

bench-check: setup-bench ## what is measured anew, on smaller sizes, against the committed figures (some ten minutes)
	$(BIN)/python -m benchmarks --check

lint: setup-test ## style and types only
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy

format: setup-test ## put the Python files into shape
	$(BIN)/ruff check --quiet --fix-only
	$(BIN)/ruff format --quiet

coverage: setup-test ## what the tests do not reach, line by line
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report term-missing $(ARGS)

golden: setup-test ## renew the gold files; look at the difference before you commit it
	UPDATE_GOLD=1 $(BIN)/pytest -q tests/golden
	@git --no-pager diff --stat -- tests/golden

words: setup-test ## renew the catalogues of sentences; what they lack is listed, and translated in reviewer/render/locale/<language>/
	@$(BIN)/python tools/words.py

docs: setup-test ## renew the pages that are made from the code (problem codes, commands)
	$(BIN)/python tools/problem_docs.py
	$(BIN)/python tools/command_docs.py

screenshots: setup-test ## pictures of the demo's pages for the README, from out/demo
	@[ -d $(OUT) ] || $(MAKE) demo
	$(BIN)/python tools/screenshots.py $(OUT) docs/images

fuzz: setup-test ## atheris over the package reader and the PDF steps for MINUTES=5; what fails is kept and replayed by make test
	@$(BIN)/python -c "import atheris" 2>/dev/null || $(BIN)/python -m pip install --quiet "atheris>=2.3" || $(BIN)/uv pip install --quiet --python $(BIN)/python "atheris>=2.3"
	$(BIN)/python -m tools.fuzz $(MINUTES)

lock: setup-test ## renew requirements/*.txt from pyproject.toml (LOCK_ARGS=--upgrade for newer versions)
	tools/lock.sh $(LOCK_ARGS)

clean: ## remove what was made: environment, output, caches
	rm -rf .venv out dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup-run:
	@tools/setup.sh run

setup-test:
	@tools/setup.sh test

setup-bench:
	@tools/setup.sh bench
