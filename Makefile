# The index of commands. `make site` and `make test` set themselves up; nothing but Python, git and make is needed.

PYTHON ?= python3
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1  # Material's notice about MkDocs 2 at every build; we know (docs/decisions/0001)

.DEFAULT_GOAL := help
.PHONY: help site serve check build enrich enrich-fix report discover test test-fast lint format browser zensical awesome-lint bench lock clean

help:  ## This list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

site: build  ## The whole site, into site/
	$(BIN)/mkdocs build --strict

serve: build  ## The same, then on http://127.0.0.1:8000 with live reload
	$(BIN)/mkdocs serve --strict --livereload --dev-addr 127.0.0.1:8000

check: .venv/site  ## Every problem of every entry
	$(BIN)/python -m scripts.check

build: check  ## README, schemas and pages
	$(BIN)/python -m scripts.build

enrich: .venv/site  ## Ask the forge and the package index; needs GITHUB_TOKEN
	$(BIN)/python -m scripts.enrich

enrich-fix: .venv/site  ## The same, and write new addresses into the entries
	$(BIN)/python -m scripts.enrich --fix

report: .venv/site  ## Entries that need a human, and what to do; `make -s report FORMAT=--markdown` for an issue
	@$(BIN)/python -m scripts.report $(FORMAT)

discover: .venv/site  ## Look for software that is not in the catalogue yet; needs GITHUB_TOKEN
	@$(BIN)/python -m scripts.discover $(if $(OUTPUT),--output $(OUTPUT))

test: lint browser site awesome-lint  ## Everything that must hold
	$(BIN)/python -m pytest

test-fast: .venv/test .venv/npm check  ## The tests that need no browser and no site
	$(BIN)/python -m pytest --ignore tests/browser

lint: .venv/test  ## Style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: .venv/test  ## Mend what lint can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

browser: .venv/test  ## Find or install a Chromium for the browser tests
	$(BIN)/python -m tests.browser.provide

zensical: .venv/test site  ## Prove that Material's successor builds the same pages, by counting them
	$(BIN)/python -m tests.zensical

awesome-lint: .venv/npm build  ## The linter of awesome lists over the README
	PATH="$(CURDIR)/$(BIN):$$PATH" tests/awesome-lint.sh

bench: .venv/test site  ## CPU seconds, memory and page weight, from the real entries repeated
	$(BIN)/python -m tests.bench

lock:  ## Renew requirements/*.txt from pyproject.toml; needs uv
	uv pip compile $(LOCK) pyproject.toml --output-file requirements/site.txt
	uv pip compile $(LOCK) pyproject.toml --group test --output-file requirements/test.txt
	npm --prefix requirements/npm update --package-lock-only --no-audit --no-fund

# Versions and hashes, no addresses: the index is the client's default.
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links

clean:  ## Remove everything that is generated and not committed
	rm -rf .venv site .cache; git clean -fdXq docs

.venv/site: requirements/site.txt
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.11 or newer."; exit 1; }
	@$(PYTHON) scripts/needs.py
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

# Node.js comes as a wheel (requirements/test.txt), so that nothing has to be there before.
.venv/npm: requirements/npm/package-lock.json .venv/test
	PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix requirements/npm ci --no-audit --no-fund --loglevel error
	@touch $@

.venv/test: requirements/test.txt .venv/site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@
