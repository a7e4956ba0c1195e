# photolib's targets. `make demo` and `make test` do the whole set-up by themselves.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
STAMP := .venv/.installed

# What knows of the app faces without importing it: addresses, pages, registries, exports, steps.
ACROSS := tests/test_every_route.py tests/test_settings.py tests/test_translations.py tests/api tests/pages \
  tests/privacy tests/people tests/consent/test_pages.py tests/accounts/test_pages.py \
  tests/intake/test_acceptance.py tests/safekeeping

.PHONY: help setup run demo test unit coverage postgres without-faces offline e2e pythons lint format check bench bench-faces bench-describe bench-search lock measure messages clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP) ## the Python environment in .venv, and Debian packages where root
	@scripts/debian-packages

$(STAMP): requirements.txt requirements-dev.txt scripts/check-python
	@scripts/check-python $(PYTHON)
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $(STAMP)

run: setup ## start with an empty library (or with what is there)
	$(MANAGE) serve

demo: export PHOTOLIB_DATA ?= $(CURDIR)/demo-data
demo: export PHOTOLIB_KEYSTORE ?= $(CURDIR)/demo-keystore
demo: setup ## sample photos through the whole way, then the site on http://127.0.0.1:8000
	$(MANAGE) demo --serve

test: setup lint unit postgres without-faces e2e pythons ## everything that must hold
	@echo "make test: all parts passed"

unit: setup ## unit tests on SQLite
	$(BIN)/python -m pytest tests -m "not e2e and not measure" -n 2 --dist loadgroup

coverage: setup ## the same with branch coverage, in twice the time
	@rm -f .coverage .coverage.*
	$(BIN)/python -m pytest tests -m "not e2e and not measure" -n 2 --dist loadgroup --cov --cov-report=
	$(BIN)/coverage report | tail -n 25

postgres: setup ## what a database can change, on PostgreSQL where one answers
	@scripts/test-postgres

without-faces: setup ## what reaches across to faces, without the app, as PHOTOLIB_FACES=no leaves it
	PHOTOLIB_FACES=no $(BIN)/python -m pytest $(ACROSS) -m "not e2e and not slow and not models" -n 2

offline: setup ## the whole demo without any route out of the machine
	$(BIN)/python -m pytest tests/privacy/test_nothing_leaves.py

measure: setup ## the measurements behind docs/models.md, on the pictures in ../shared (some ten minutes)
	$(BIN)/python -m pytest tests/bench -m measure -s

e2e: setup ## browser and screen-reader tests
	$(BIN)/python -m pytest tests/e2e -m "e2e and not orca" -n 2 --dist loadgroup
	$(BIN)/python -m pytest tests/e2e -m orca

pythons: setup ## what a version can change, on the other Pythons here; says which were not run
	@scripts/test-pythons

lint: setup ## every linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --check --lint --quiet
	PHOTOLIB_DATA=$$(mktemp -d) PHOTOLIB_KEYSTORE=$$(mktemp -d) $(MANAGE) makemigrations --check --dry-run
	PHOTOLIB_DATA=$$(mktemp -d) PHOTOLIB_KEYSTORE=$$(mktemp -d) $(MANAGE) check

format: setup ## put every file into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint templates --reformat --quiet

check: lint unit ## the quick round before a commit

bench: setup ## the pipeline against the bare loop of its models
	$(MANAGE) bench

bench-faces: setup ## speed and memory of faces, beside bare loops and other rules (an hour)
	$(MANAGE) bench_faces --million --keep docs/faces-scale.json --plot docs/faces-scale.png

bench-describe: setup ## the analysers against bare loops of their models, and composing
	$(MANAGE) bench_describe

bench-search: setup ## the search over 100,000 photos, on SQLite and on PostgreSQL where one answers
	$(MANAGE) bench_search --postgres "$$($(BIN)/python scripts/find_postgres.py)"

lock: ## compile the requirements anew (wants uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --override requirements-override.txt requirements.in -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --override requirements-override.txt requirements-dev.in -o requirements-dev.txt

messages: setup ## bring the French texts up to date (wants gettext), then compile them
	$(BIN)/python scripts/messages extract
	$(BIN)/python scripts/messages compile

clean: ## what tools left behind (never the data)
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage .coverage.*
