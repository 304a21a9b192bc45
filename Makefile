# The ways in. `make` alone lists them. Needs GNU make and Python 3.11 or newer; everything else goes into .venv.

PYTHON ?= python3
UV_VERSION ?= 0.13.9
# More words for the command behind a target: make run ARGS="--port 9000", make test ARGS="tests/rules -x".
ARGS ?=

BIN := .venv/bin
BROWSER_LIBRARIES := screening/web/static/govuk/VERSION screening/api/static/swagger/VERSION

export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Two processes that each start a thread a core are slower than one thread each.
export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test check bench prove trial lock clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

setup: .venv/.ready ## Make .venv with everything that run, test and check need (twice does nothing)

run: setup ## Serve a made-up borough's six months on http://127.0.0.1:8000
	@$(BIN)/screening demo $(ARGS)

test: setup ## Run every test, on two processes
	@echo "==> tests"
	@$(BIN)/python -m pytest -n 2 $(ARGS)

check: setup ## Look at style, types, import contracts, known holes and the documents
	@echo "==> style"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "==> types"
	@$(BIN)/mypy
	@echo "==> import contracts"
	@$(BIN)/lint-imports
	@echo "==> known holes"
	@$(BIN)/bandit --quiet --configfile pyproject.toml --recursive screening training hatch_build.py
	@echo "==> house rules and documents"
	@$(BIN)/python -m pytest --quiet -m "not slow" tests/architecture

bench: setup ## Measure speed and memory beside the obvious build
	@$(BIN)/python -m tests.bench $(ARGS)

prove: setup ## Run the long proofs: kill -9 under load, many sends at once
	@$(BIN)/python -m tests.prove $(ARGS)

trial: setup ## Fit to many fresh made-up populations and judge by their truth (hours; goes on where it was stopped)
	@$(BIN)/python -m tests.trial $(ARGS)

lock: ## Write both lock files anew from pyproject.toml; ARGS=--upgrade takes newer versions
	@echo "==> locking"
	@set -e; room=$$(mktemp -d); trap 'rm -rf "$$room"' EXIT; \
	$(PYTHON) -m venv "$$room"; "$$room/bin/python" -m pip install -qq "uv==$(UV_VERSION)"; \
	compile="$$room/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url"; \
	export UV_PYTHON_DOWNLOADS=never; \
	$$compile --all-extras $(ARGS) --output-file requirements.lock pyproject.toml; \
	$$compile --constraints requirements.lock $(ARGS) --output-file requirements-run.lock pyproject.toml

clean: ## Remove .venv, the browser libraries and everything that tools leave behind
	@rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .schemathesis
	@rm -rf $(dir $(BROWSER_LIBRARIES))
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Say which to use: make PYTHON=python3.12")'
	@echo "==> making .venv"
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/.locked: requirements.lock .venv/.made
	@echo "==> installing what requirements.lock names, each file checked against its hash (a minute or two)"
	@$(BIN)/python -m pip install -qq --require-hashes --requirement requirements.lock
	@touch $@

.venv/.ready: pyproject.toml hatch_build.py .venv/.locked $(BROWSER_LIBRARIES)
	@echo "==> installing this project, and bringing the browser libraries where they are missing"
	@$(BIN)/python -m pip install -qq --no-deps --editable .
	@touch $@

# Absent, they are brought by the installation above; they are named so that their absence starts it again.
$(BROWSER_LIBRARIES): ;
