# What can be done here; `make` alone lists it. A bare Debian or Ubuntu needs: git make python3 python3-venv.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

# Real files for tests and trials lie beside the project where there are any; without them those tests skip and say so.
export PUC_REAL_DATA ?= $(realpath ../shared/data)

.PHONY: help setup demo app test test-slow explore lint bench qt-offscreen qt-window

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## make .venv and install the project with the pinned versions

demo: $(READY) ## write the demonstration study to puc-demo, run it, export sheets, atlas, report and open data
	$(BIN)/puc-tool demo puc-demo

app: puc-demo/study.toml qt-window ## open the window on the demonstration study
	$(BIN)/puc-tool open puc-demo

test: $(READY) qt-offscreen ## run every test but the slow ones
	$(BIN)/pytest -n 2 -m "not slow"

# pytest leaves with 5 when it finds no test; that is no failure here, but it is said.
test-slow: $(READY) qt-offscreen ## run the slow tests: whole stories, large inputs
	$(BIN)/pytest -n 2 -m slow || { [ $$? -eq 5 ] && echo "Nessun test lento. No slow test."; }

explore: $(READY) qt-offscreen ## run the property tests on examples never drawn before
	$(BIN)/pytest -n 2 -m "hypothesis and not slow" --hypothesis-profile=explore

lint: $(READY) ## style, format, types, who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## run every benchmark: ratios against a peer, in one run each
	@set -e; for each in $(sort $(basename $(notdir $(wildcard benchmarks/*.py)))); do echo "== $$each"; $(BIN)/python -m benchmarks.$$each; done

$(READY): pyproject.toml constraints.txt
	@scripts/check-python.sh $(PYTHON)
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	$(BIN)/python -m puc_tool.maps.canvas.warming
	@touch $@

puc-demo/study.toml: | $(READY)
	$(BIN)/puc-tool demo puc-demo

qt-offscreen:
	@scripts/qt-libraries.sh offscreen

qt-window:
	@scripts/qt-libraries.sh window
