# Each target sets itself up; a second run starts at once. Needs Python 3.11 or 3.12 and nothing else.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: install demo test pages slow lint types contracts bench check clean

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))" || \
	  { echo "Förlopp behöver Python 3.11 eller 3.12: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $(STAMP)

texts: install
	@$(BIN)/python pathways/locale/build_hook.py

demo: install
	$(BIN)/forlopp demo

test: install
	@$(BIN)/python pathways/locale/build_hook.py
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

pages: install
	@$(BIN)/python pathways/locale/build_hook.py
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "pages and not slow and not benchmark"

slow: install
	@$(BIN)/python pathways/locale/build_hook.py
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "slow and pages"
	$(BIN)/python -m pytest -m "slow and not pages"

bench: install
	$(BIN)/python -m pytest -m benchmark -s

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

contracts: install
	$(BIN)/lint-imports

check: lint types contracts

clean:
	rm -rf .venv build dist
