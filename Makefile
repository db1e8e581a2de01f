# `make demo` and `make test` set up everything that they need.
SHELL := /bin/sh
VENV ?= .venv
PY := $(VENV)/bin/python
# The first interpreter found that is 3.11 or later; PYTHON=... overrides.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)

# How long each fuzzer runs.
SECONDS ?= 3
# The tests of `make test`: those that need only Python and take minutes.
QUICK := not engines and not heavy and not pictures
# Packages whose lines and branches must be covered to at least 95%.
CORE := units text records io dataset analysis

.DEFAULT_GOAL := help
.PHONY: help demo test test-heavy test-long test-pictures check docs data downstream dist compat compat-short format fuzz mutants bench clean

help: ## Print every target
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or later found: install one, or set PYTHON=/path/to/python" >&2; exit 2; }
	@if command -v uv >/dev/null 2>&1; then uv venv --quiet --seed --python "$(PYTHON)" $(VENV); else "$(PYTHON)" -m venv $(VENV); fi
	@$(PY) -m pip install --quiet --upgrade "pip>=25.1"
	@touch $@

$(VENV)/.demo: $(VENV)/.made pyproject.toml
	@if [ ! -e $(VENV)/.dev ]; then $(PY) -m pip install --quiet --editable ".[cli]"; fi
	@touch $@

$(VENV)/.dev: $(VENV)/.made pyproject.toml
	@$(PY) -m pip install --quiet --editable ".[cli]" --group dev
	@touch $@

$(VENV)/.docs: $(VENV)/.dev
	@$(PY) -m pip install --quiet --group docs
	@touch $@

$(VENV)/.release: $(VENV)/.dev
	@$(PY) -m pip install --quiet --group release
	@touch $@

$(VENV)/.engines: $(VENV)/.dev
	@$(PY) -m pip install --quiet --group engines
	@touch $@

$(VENV)/.fuzz: $(VENV)/.dev
	@$(PY) -m pip install --quiet --group fuzz
	@touch $@

$(VENV)/.pictures: $(VENV)/.dev tools/browser_tests.sh
	@$(PY) -m pip install --quiet --group pictures
	@tools/browser_tests.sh $(VENV)/node
	@touch $@

$(VENV)/.mutation: $(VENV)/.dev
	@$(PY) -m pip install --quiet --group mutation
	@touch $@

demo: $(VENV)/.demo ## Set up, then compare the bundled targets of the 14th plan with their outcomes
	@$(PY) -m innovation_plans scorecard --period 14th --indicator rd_intensity

test: $(VENV)/.dev ## Set up, then run every test, doctest and documented example; COVERAGE=1 also checks coverage
ifdef COVERAGE
	@rm -f .coverage .coverage.*
	@$(PY) -m coverage run -m pytest -q -n auto --dist loadfile -m "$(QUICK)"
	@$(PY) -m coverage combine --quiet
	@for package in $(CORE); do \
		printf '%-10s' $$package; \
		$(PY) -m coverage report --format total --precision 1 --fail-under 95 --include "src/innovation_plans/$$package/*" || exit 1; \
	done
	@printf '%-10s' all && $(PY) -m coverage report --format total --precision 1
else
	@$(PY) -m pytest -q -n auto --dist loadfile -m "$(QUICK)"
endif

test-heavy: $(VENV)/.engines ## Set up, then run the tests that make test leaves out: slow libraries, Spark, Dask
	@$(PY) -m pytest -q -n auto --dist loadfile -m "(engines or heavy) and not long and not pictures"

test-long: $(VENV)/.engines ## Set up, then run what takes longest: 200 examples per property, every fault in Spark and Dask
	@$(PY) -m pytest -q -n auto --dist loadfile --hypothesis-profile=long tests/properties
	@$(PY) -m pytest -q -n auto --dist loadfile -m "long and not pictures"

test-pictures: $(VENV)/.pictures ## Set up, then test pictures and pages: image by image, and in Chromium
	@AXE_CORE=$(VENV)/node/node_modules/axe-core/axe.min.js $(PY) -m pytest -q -n auto --dist loadfile -m pictures

check: $(VENV)/.dev ## ruff, format, mypy --strict, import-linter
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/mypy --exclude test_fuzz tests/typing tests/fuzz tests/bad_input/bad_files.py tools benchmarks
	@$(PY) tools/write_doc_blocks.py build/doc_blocks
	@cd build/doc_blocks && $(abspath $(VENV))/bin/mypy --strict --allow-untyped-calls --config-file= .
	@$(VENV)/bin/lint-imports --no-logo
	@$(PY) tools/write_descriptor.py --check
	@$(PY) tools/write_reference.py --check
	@$(PY) tools/write_findings.py --check
	@$(PY) tools/write_api.py --check
	@$(PY) tools/write_api_pages.py --check

docs: $(VENV)/.docs ## Build the documentation and the explorer into site/, warnings as errors, links checked
	@$(PY) tools/site_pages.py write build/pages
	@$(VENV)/bin/zensical build --strict --clean
	@$(PY) tools/site_pages.py complete build/pages site
	@$(PY) -m innovation_plans explorer -o site/explorer --docs-link ../index.html
	@$(PY) tools/check_site.py site

data: $(VENV)/.dev ## Validate the data package with frictionless
	@cd src/innovation_plans/data && ../../../$(VENV)/bin/frictionless validate datapackage.json > ../../../$(VENV)/frictionless.log || { cat ../../../$(VENV)/frictionless.log; exit 1; }
	@echo "frictionless: the data package is valid"

downstream: dist ## Run make dist, then test its wheel and examples/ in an empty environment
	@PYTHON=$(PY) tools/downstream.sh dist $(VENV)/installed

dist: $(VENV)/.release ## Build wheel and sdist twice to the same bytes, check them, write the bill of materials
	@PYTHON=$(PY) tools/dist.sh dist $(VENV)/installed

compat: $(VENV)/.dev ## Test the wheel with the oldest and newest libraries it allows, on each Python (an hour)
	@$(PY) tools/compat.py

compat-short: $(VENV)/.dev ## Test the wheel with the oldest versions only, and only the tests of those libraries
	@$(PY) tools/compat.py oldest --short

format: $(VENV)/.dev ## Format the source and fix what ruff can fix
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

fuzz: $(VENV)/.fuzz ## Fuzz every reader with two engines, in about two minutes; SECONDS=60 for longer
	@$(PY) tests/fuzz/run.py --seconds $(SECONDS)

mutants: $(VENV)/.mutation ## Change the code thousands of times and check that a test fails each time (an hour; can be continued)
	@nice $(PY) tools/run_mutants.py
	@$(PY) tools/write_mutation.py

bench: $(VENV)/.engines ## Measure the speed compared with other libraries; writes docs/reference/performance.md
	@$(PY) benchmarks/write_performance.py

clean: ## Remove what the other targets made
	rm -rf $(VENV) dist build site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache mutants
