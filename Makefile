# `make` lists the targets. Everything is installed into .venv, at the versions of constraints.txt.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run test test-all check format bench gallery python clean

VENV := .venv
VERSIONS := 3.11 3.12 3.13
PIP_INSTALL = -m pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt

# The first interpreter among the words $(1) that runs, satisfies $(2) and can make environments. Each is
# tried: a pyenv shim can be on PATH and fail. Set PYTHON to choose another.
find_python = { type -ap $(1); ls -d "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.*/bin/python; } 2>/dev/null \
  | while IFS= read -r python; do \
      "$$python" -c 'import sys, ensurepip; sys.exit(not ($(2)))' >/dev/null 2>&1 || continue; \
      echo "$$python"; break; \
    done

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

run: $(VENV)/run.stamp  ## install if needed, and run the baseline scenario
	@$(VENV)/bin/entente run scenarios/baseline.yaml

test: $(VENV)/dev.stamp  ## run every test
	@$(VENV)/bin/python -m pytest $(TESTS)

test-all:  ## run every test on each of Python 3.11, 3.12, 3.13 that is here
	@tried=; absent=; failed=; \
	for version in $(VERSIONS); do \
	  python=$$($(call find_python,python$$version python3,"%d.%d" % sys.version_info[:2] == "'$$version'")); \
	  if [ -z "$$python" ]; then absent="$$absent $$version"; continue; fi; \
	  printf '\n== Python %s\n' "$$version"; tried="$$tried $$version"; \
	  $(MAKE) --no-print-directory test VENV=.venv-$$version PYTHON="$$python" || failed="$$failed $$version"; \
	done; \
	printf '\nTested on:%s; absent:%s; failed on:%s\n' "$${tried:- none}" "$${absent:- none}" "$${failed:- none}"; \
	[ -n "$$tried" ] && [ -z "$$failed" ]

check: $(VENV)/dev.stamp  ## format, lint, types, import contracts
	@failed=; \
	try() { printf '== %s\n' "$$*"; "$(VENV)/bin/$$@" || failed="$$failed $$1"; }; \
	try ruff format --check --quiet .; try ruff check --quiet .; try mypy; try lint-imports --no-logo; \
	if [ -n "$$failed" ]; then echo "Failed:$$failed"; exit 1; fi; echo "All checks passed."

format: $(VENV)/dev.stamp  ## format the code and make the safe fixes
	@$(VENV)/bin/ruff format --quiet . && $(VENV)/bin/ruff check --fix .

bench: $(VENV)/run.stamp  ## measure the engines
	@$(VENV)/bin/python benchmarks/engines.py

gallery: $(VENV)/run.stamp  ## draw the figures of README.md anew
	@$(VENV)/bin/python docs/gallery.py

python:  ## say which Python the environment is made with
	@python=$${PYTHON:-$$($(call find_python,python3.11 python3.12 python3.13 python3,sys.version_info >= (3$(,) 11)))}; \
	if [ -z "$$python" ]; then \
	  echo "No Python 3.11 or later with the venv module was found; name one: make run PYTHON=/path/to/python" >&2; \
	  exit 1; \
	fi; \
	echo "$$python"

clean:  ## remove caches and built files; results and environments stay
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find simulation tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

, := ,
export PYTHON

$(VENV)/bin/python:
	@python=$$($(MAKE) --silent --no-print-directory python) && \
	echo "Making $(VENV) with $$("$$python" --version)" && \
	"$$python" -m venv --clear $(VENV)

# `make run` needs no development tools; what `make test` installed serves it too.
$(VENV)/run.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Entente (once; again when pyproject.toml or constraints.txt change)"
	@$(VENV)/bin/python $(PIP_INSTALL) --editable .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Entente and its development tools (once; again when pyproject.toml or constraints.txt change)"
	@$(VENV)/bin/python $(PIP_INSTALL) --editable '.[dev]'
	@touch $(VENV)/run.stamp $@
