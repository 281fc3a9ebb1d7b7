# The verbs of the project. Every one works from a fresh clone: it makes the environment first.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
CLAIMBOOK := $(RUN) -m claimbook
STRICT := $(if $(CI),--strict)  # on a server, a title that the data do not bear out fails the build
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check

.PHONY: help book html pdf check tidy reader test test-long bench lab serve lock clean

book: $(VENV)/book.stamp  ## check the corpus, run the chapters, write HTML and PDF
	@$(CLAIMBOOK) build $(STRICT)

help:  ## the verbs and what they do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ ##/' | awk -F ' ## *' '{ printf "  make %-12s %s\n", $$1, $$2 }'

html: $(VENV)/book.stamp  ## the HTML alone
	@$(CLAIMBOOK) build html $(STRICT)

pdf: $(VENV)/book.stamp  ## the PDF alone
	@$(CLAIMBOOK) build pdf $(STRICT)

check: $(VENV)/book.stamp  ## corpus and prose, in seconds
	@$(CLAIMBOOK) check

tidy: $(VENV)/book.stamp  ## tables that a spreadsheet saved, back in the form of the repository
	@$(CLAIMBOOK) tidy

reader: $(VENV)/book.stamp  ## private pages: your own texts with their claims highlighted
	@$(CLAIMBOOK) reader

test: $(VENV)/test.stamp  ## the whole suite
	@$(RUN) -m pytest $(AT_ONCE)

test-long: $(VENV)/test.stamp  ## what takes too long for the suite
	@$(RUN) -m pytest $(AT_ONCE) -m long
AT_ONCE := -n logical --maxprocesses 4 --dist worksteal

bench: $(VENV)/test.stamp  ## how long the book takes, and what a larger corpus would cost: writes data/bench.json
	@$(RUN) scripts/bench.py

lab: $(VENV)/book.stamp  ## the chapters as notebooks in JupyterLab
	@$(RUN) -m jupytext_config --settings-file $(VENV)/etc/jupyter/labconfig/default_setting_overrides.json set-default-viewer markdown myst
	@$(VENV)/bin/jupyter labextension disable --level=sys_prefix "@jupyterlab/apputils-extension:announcements"  # it calls home
	@$(VENV)/bin/jupyter lab chapters

serve: $(VENV)/book.stamp  ## the built book at http://localhost:8000
	@$(RUN) -m http.server 8000 --bind 127.0.0.1 --directory _build/html

lock: $(VENV)/test.stamp  ## renew the lock files for every supported Python
	@$(PIP) "uv>=0.9"
	@$(VENV)/bin/uv pip compile pyproject.toml $(LOCKED) -o requirements.txt
	@$(VENV)/bin/uv pip compile --group test $(LOCKED) -c requirements.txt -o tests/requirements.txt
LOCKED := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet \
	--upgrade --custom-compile-command "make lock"

clean:  ## everything that was built, but not the environment
	rm -rf _build .pytest_cache

$(VENV)/bin/python:
	@echo "making the environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/book.stamp: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing what the book needs (about a minute)"
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: tests/requirements.txt $(VENV)/book.stamp
	@echo "installing what the tests need"
	@$(PIP) --require-hashes -r tests/requirements.txt
	@touch $@
