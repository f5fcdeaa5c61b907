# Needs git, make and Python 3.11 or later with venv. Everything else goes into .venv; nothing is installed elsewhere.
# Windows has no make: README.md gives the same commands in its own words.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
TUTORIAL := docs/tutorial.md
# Every other page with commands to run; the tutorial is what `make demo` runs.
PAGES = $(filter-out $(TUTORIAL),$(shell grep -ls '^```console' docs/*.md))

.PHONY: help demo test check format lint types contracts docs clean
.DEFAULT_GOAL := help

help:
	@echo "make demo       run the demonstration round from receipt to pack, in a new workspace below build/"
	@echo "make test       run the tests"
	@echo "make check      everything: lint, types, contracts, demo, docs, test"
	@echo "make format     put the source in the house format"
	@echo "make lint | types | contracts | docs    one check alone"
	@echo "make clean      remove build/ and what the checks cached; .venv stays"

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; say which with: make PYTHON=python3.12 …" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
	  { echo "The environment could not be made. On Debian: apt install python3-venv" >&2; rm -rf .venv; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(INSTALLED)
	$(BIN)/python docs/run_page.py $(TUTORIAL) --keep

test: $(INSTALLED)
	$(BIN)/pytest -n auto

check: lint types contracts demo docs test

format: $(INSTALLED)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(INSTALLED)
	$(BIN)/mypy
	$(BIN)/mypy cli.py docs/run_page.py docs/people.py docs/make_commands.py docs/make_template_fields.py

contracts: $(INSTALLED)
	$(BIN)/lint-imports

docs: $(INSTALLED)
	@for page in $(PAGES); do $(BIN)/python docs/run_page.py $$page || exit 1; done

clean:
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
