# Two commands do everything on a machine with Python 3.11 and make: `make run` and `make test`.
PYTHON ?= python3.11
ifeq (,$(shell command -v $(PYTHON) 2>/dev/null))
PYTHON := python3
endif
VENV := .venv
BIN := $(VENV)/bin
CODE := bot adapters content storage tests
# A terminal of its own is not had by the processes that tests are spread over.
TERMINAL := tests/test_console_terminal.py

.PHONY: run test format lint types imports tests lock bench clean

run: $(VENV)/run.stamp
	@$(BIN)/python -m bot run

test: format lint types imports tests

format: $(VENV)/test.stamp
	@$(BIN)/ruff format --check --quiet $(CODE) || { echo "Some files are not formatted: run $(BIN)/ruff format $(CODE)"; exit 1; }

lint: $(VENV)/test.stamp
	@$(BIN)/ruff check --quiet $(CODE)

types: $(VENV)/test.stamp
	@$(BIN)/mypy $(CODE)

imports: $(VENV)/test.stamp
	@$(BIN)/lint-imports

# Whole processes under test wait more than they work, and stand side by side: three workers, who take from each other.
tests: $(VENV)/test.stamp
	@$(BIN)/python -m pytest --numprocesses 3 --dist worksteal --ignore $(TERMINAL)
	@$(BIN)/python -m pytest $(TERMINAL)

bench: $(VENV)/run.stamp
	@$(BIN)/python -m bot bench

# The lock files are made by uv, which is not needed for anything else.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --quiet requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --quiet requirements-dev.in -o requirements-dev.txt

$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; set PYTHON=... to name one."; exit 1; }
	@echo "Setting up $(VENV) (once, about half a minute) …" >&2
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt >&2
	@touch $@

$(VENV)/test.stamp: $(VENV)/made.stamp requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt >&2
	@touch $@ $(VENV)/run.stamp

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
