# Everything sets up what it needs: `make demo` and `make test` work on a clean clone.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The versions that the kit was tested with; `make CONSTRAINTS= …` takes the newest instead.
CONSTRAINTS ?= constraints.txt
CONSTRAINED := $(if $(CONSTRAINTS),--constraint $(CONSTRAINTS))
STAMP := $(VENV)/.installed
PAGES_STAMP := $(VENV)/.installed-pages
export PATH := $(CURDIR)/$(BIN):$(PATH)
# As pip does: else a network with a certificate of its own (a school's, a firm's) is refused.
export UV_SYSTEM_CERTS ?= true

.PHONY: help setup demo test verify pages attacks lint format bench constraints pythons clean

help:
	@echo "make setup   a virtual environment in $(VENV) with all that is needed"
	@echo "make demo    a sample class, from release to feedback, offline"
	@echo "make test    lint, types and all tests"
	@echo "make verify  all mistakes and variants of the course, tried (half an hour)"
	@echo "make pages   the pages in Chromium: accessibility, phone, print (Chromium is needed)"
	@echo "make attacks all hostile submissions (many minutes)"
	@echo "make bench   the same class, graded by stock nbgrader and by the kit (an hour)"
	@echo "make constraints  constraints.txt anew, for every Python (UPGRADE=--upgrade: the newest)"
	@echo "make pythons the installation with every Python of this machine, demo and tests with the"
	@echo "             oldest and the newest (an hour or more)"
	@echo "make clean   remove what was made at run time (not $(VENV))"

# uv installs in less time than pip and keeps each package on the disk once for all environments.
# It comes from the same registry; where there is no uv for a machine, pip does its work. Both compile
# what they install: else each command that may not write there would, for seconds, each time.
define virtual_environment
$(PYTHON) -c "import sys; sys.exit('Python 3.11 or newer is needed, this is ' + sys.version.split()[0] if sys.version_info < (3, 11) else 0)"
$(PYTHON) -m venv $(VENV)
$(BIN)/python -m pip install --quiet --upgrade pip
$(BIN)/python -m pip install --quiet $(CONSTRAINED) --only-binary uv uv || echo "No uv: pip goes on."
endef

$(STAMP): pyproject.toml $(CONSTRAINTS)
	$(virtual_environment)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python $(CONSTRAINED) --editable '.[dev]' || \
		$(BIN)/python -m pip install --quiet $(CONSTRAINED) --editable '.[dev]'
	touch $@

setup: $(STAMP)

demo: $(STAMP)
	$(BIN)/autograder demo

lint: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Files are dealt out to two processes. What is marked as long is for `make verify`: of the answers,
# only those to 1-tensors are tried here.
# The attacks run alone: they look at what is left behind.
test: lint
	$(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not long" tests/kit
	$(BIN)/python -m pytest -q tests/attacks

# All mistakes and variants of the course, with their visible checks, and answers of others.
verify: $(STAMP)
	$(BIN)/python -m pytest -q tests/kit/authoring/test_answers.py \
		tests/kit/authoring/test_blind_answers.py tests/kit/diagnosis/test_wrong_answers.py

# Apart from `test`: they need a browser, and Playwright, which drives it.
$(PAGES_STAMP): $(STAMP)
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python $(CONSTRAINED) --editable '.[dev,pages]' || \
		$(BIN)/python -m pip install --quiet $(CONSTRAINED) --editable '.[dev,pages]'
	touch $@

pages: $(PAGES_STAMP)
	$(BIN)/python -m pytest -q tests/pages

attacks: $(STAMP)
	$(BIN)/python -m pytest -q tests/attacks --all-attacks

bench: $(STAMP)
	$(BIN)/python benchmarks/class_against_nbgrader.py

# Versions that hold for every Python from the oldest on, each in its place. Those that
# constraints.txt has already are kept where they still fit.
constraints: $(BIN)/uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev --extra pages --no-annotate \
		--custom-compile-command 'make constraints' $(UPGRADE) pyproject.toml -o constraints.txt

$(BIN)/uv:
	$(virtual_environment)

pythons:
	$(PYTHON) tests/every_python.py

clean:
	rm -rf demo-class .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
