.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test check fix lab bench bench-linkage fuzz samples golden notebooks words clean

help:  ## Show this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/'

$(VENV)/.demo: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.lab: $(VENV)/.demo
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[lab]"
	@touch $@

$(VENV)/.test: $(VENV)/.demo
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test,browser]"
	@touch $@

demo: $(VENV)/.demo  ## Set up, run the main job on the samples, say what it did
	$(BIN)/custclean demo

test: $(VENV)/.test check  ## Set up, run everything CI runs
	$(BIN)/python -m pytest -n 3 --dist loadfile
	$(BIN)/python -m pytest -n 2 --dist loadfile --nbval --nbval-cell-timeout=120 --nbval-current-env --nbval-sanitize-with notebooks/sanitize.cfg notebooks

check: $(VENV)/.test  ## Format, lint, types, imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

fix: $(VENV)/.test  ## Format, and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lab: $(VENV)/.lab  ## Open the notebooks
	$(BIN)/jupyter lab notebooks

$(VENV)/.bench: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[bench]"
	@touch $@

bench: $(VENV)/.bench  ## Quality against the samples' truth, readers side by side, and time
	$(BIN)/python benchmarks/quality.py
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python benchmarks/merging.py
	$(BIN)/python -m benchmarks.desk
	$(BIN)/python -m pytest -q -m timing

bench-linkage: $(VENV)/.bench  ## Duplicates found side by side with other tools, on generated customers
	$(BIN)/python -m benchmarks.peers 10000@0.1 100000@0.1 1000000@0.1 10000 100000 1000000 \
		febrl1 febrl2 febrl3 febrl4 --write
	$(BIN)/python -m benchmarks.ablation

fuzz: $(VENV)/.test  ## All pairs of faults; then fuzz each reader for ten minutes, findings go to demo/findings
	ALL_PAIRS=1 $(BIN)/python -m pytest -q -n 2 tests/faults
	for target in $$($(BIN)/python -c "from fuzz.targets import TARGETS; print(*TARGETS)"); do \
		$(BIN)/python -m fuzz $$target 600 demo/findings || exit 1; done

samples: $(VENV)/.test  ## Make the samples again; CI allows no difference
	$(BIN)/python data/samples/make.py
	$(BIN)/python data/samples/record.py

golden: $(VENV)/.test  ## Rewrite expected files; read the diff before you commit
	$(BIN)/python -m pytest --update-golden tests

notebooks: $(VENV)/.test  ## Run the guided notebooks again and keep their outputs
	$(BIN)/python notebooks/execute.py

words: $(VENV)/.test  ## Bring template and catalogues of all sentences up to the source
	$(BIN)/python tools/words.py

clean:  ## Remove what can be made again
	rm -rf $(VENV) demo dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
