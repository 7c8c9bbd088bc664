# `make run` and `make test` are all a newcomer needs. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export DATA_DIR ?= $(CURDIR)/var
export TEST_DATABASE_URL NOTE_STATEMENTS SAY_ANEW
export PYTHONPATH := $(CURDIR)
export PYTHONDONTWRITEBYTECODE :=# what is compiled is kept: each worker, and each server that a test starts, would otherwise compile the house anew

.DEFAULT_GOAL := help
.PHONY: help run test bench check lock format words tools

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: $(VENV)/.runs ## set up, migrate, load the demo when empty, and serve the site with its jobs
	@$(BIN)/flask --app wsgi serve

test: $(VENV)/.tests tools ## run the whole suite, browsers included (TEST_DATABASE_URL=postgresql+psycopg://… for PostgreSQL)
	@$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder $(TESTS)

check: $(VENV)/.tests ## linters, types, import order, catalogue
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet templates

bench: $(VENV)/.tests ## measure against the limits and print ratios
	@$(BIN)/python -m bench

words: $(VENV)/.tests ## bring the English catalogue up to what the pages say; then fill in what is empty
	@$(BIN)/pybabel --quiet extract --ignore-dirs=".*" -F babel.cfg -k _ -k _l -k _n:1,2 --no-location --sort-output --omit-header -o $(VENV)/words.pot .
	@$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --omit-header --width 0 -D messages -l en_CA -i $(VENV)/words.pot -d certif/translations

format: $(VENV)/.tests ## put code in the house's shape
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

lock: $(VENV)/.uv ## choose versions anew for requirements*.in; the files name no host
	@for set in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --python-version 3.11 $$set.in -o $$set.txt; done

# Each set is installed again only when its lock file has changed.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Certif needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: apt-get install python3-venv"; exit 1; }

$(VENV)/.runs: requirements.txt | $(VENV)/bin/python
	@echo "Installing what Certif runs on…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.tests: requirements-dev.txt $(VENV)/.runs
	@echo "Installing what the tests need…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.uv: | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet uv && touch $@

tools: ## what the tests need from the machine
	@sh tests/browser/tools.sh
