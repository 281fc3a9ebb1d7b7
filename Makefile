# The verbs of the project. Every one works from a fresh clone: it makes the environment first.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
CLAIMBOOK := $(RUN) -m claimbook
# The folder in which make stands wins over all others, whatever the environment or the shell names.
export PYTHONPATH := $(CURDIR)/scripts
unexport CLAIMBOOK_PROJECT
STRICT := $(if $(CI),--strict)  # on a server, a title that is not borne out or a source that waits fails the build
PIP := PYTHONPATH= $(RUN) -m pip install --quiet --disable-pip-version-check

.PHONY: help book html pdf epub all check tidy reader test test-quick test-long bench lab serve watch lock clean

book: $(VENV)/book.stamp  ## check the corpus, run the chapters, write HTML and the PDFs
	@$(CLAIMBOOK) build $(STRICT)

help:  ## the verbs and what they do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ ##/' | awk -F ' ## *' '{ printf "  make %-12s %s\n", $$1, $$2 }'

html: $(VENV)/book.stamp  ## the HTML alone
	@$(CLAIMBOOK) build html $(STRICT)

pdf: $(VENV)/book.stamp  ## the PDFs alone: brief, lesson, report and evidence
	@$(CLAIMBOOK) build pdf $(STRICT)

epub: $(VENV)/book.stamp  ## the EPUB alone: the report for e-readers
	@$(CLAIMBOOK) build epub $(STRICT)

all: $(VENV)/book.stamp  ## the book and the EPUB, which its pages then offer
	@$(CLAIMBOOK) build all $(STRICT)

check: $(VENV)/book.stamp  ## corpus and prose, in seconds
	@$(CLAIMBOOK) check

tidy: $(VENV)/book.stamp  ## tables that a spreadsheet saved, back in the form of the repository
	@$(CLAIMBOOK) tidy

reader: $(VENV)/book.stamp  ## private pages: your own texts with their claims highlighted
	@$(CLAIMBOOK) reader

test: $(VENV)/test.stamp  ## the whole suite
	@$(RUN) -m pytest $(AT_ONCE)

test-quick: $(VENV)/test.stamp  ## the house, the schema and the engine's units, in a minute
	@$(RUN) -m pytest $(AT_ONCE) -m "not long and not whole" $(QUICK)
ENGINE := tests/claimbook
QUICK := tests/test_house.py $(ENGINE)/test_layers.py $(ENGINE)/test_engine_is_neutral.py \
	$(addprefix $(ENGINE)/,analysis corpus display export language prose texts)

test-long: $(VENV)/test.stamp  ## what takes too long for the suite
	@$(RUN) -m pytest $(AT_ONCE) -m long
# one more than there are processors, since a quarter of the time a test waits for a browser or a build
AT_ONCE = -n $(shell $(PYTHON) -c "import os; print(min((os.cpu_count() or 1) + 1, 5))") --dist worksteal

bench: $(VENV)/test.stamp  ## how long the book takes, and what a larger corpus would cost: writes data/bench.json
	@$(RUN) scripts/bench.py

lab: $(VENV)/book.stamp  ## the chapters as notebooks in JupyterLab
	@$(RUN) -m jupytext_config --settings-file $(VENV)/etc/jupyter/labconfig/default_setting_overrides.json set-default-viewer markdown myst
	@$(RUN) -m jupyter labextension disable --level=sys_prefix "@jupyterlab/apputils-extension:announcements"  # it calls home
	@$(RUN) -m jupyter lab --LabApp.default_url=/lab/tree/chapters  # from here, where jupytext.toml is

serve: $(VENV)/book.stamp  ## the built book at http://localhost:8000, or the next port that is free
	@exec $(CLAIMBOOK) serve

watch: $(VENV)/book.stamp  ## the book in the browser, each page anew when it is saved, with its faults
	@exec $(CLAIMBOOK) watch

lock: $(VENV)/test.stamp  ## renew the lock files for every supported Python
	@$(PIP) "uv>=0.9"
	@$(VENV)/bin/uv pip compile pyproject.toml $(LOCKED) -o requirements.txt
	@$(VENV)/bin/uv pip compile --group test $(LOCKED) -c requirements.txt -o tests/requirements.txt
LOCKED := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet \
	--upgrade --custom-compile-command "make lock"

clean:  ## everything that was built, but not the environment
	rm -rf _build .pytest_cache

# What is installed is compared by content and not by time, so that a copy or a checkout installs nothing again.
# An environment that is a link belongs to another folder, and stays that folder's.
FORCE:

VERSION = import sys; print("Python %d.%d" % sys.version_info[:2])
SUITS = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
HAS_PIP = import sys; from importlib.util import find_spec; sys.exit(find_spec("pip") is None)
$(VENV)/bin/python: FORCE
	@{ $(RUN) -c '$(SUITS)' && $(RUN) -c '$(HAS_PIP)'; } 2>/dev/null || { \
	  $(PYTHON) -c '$(SUITS)' 2>/dev/null || { \
	    echo "this needs Python 3.11 to 3.13, and $(PYTHON) is $$($(PYTHON) -c '$(VERSION)' 2>/dev/null || echo missing);" \
	      "name another: make PYTHON=python3.12" >&2; exit 1; }; \
	  echo "making the environment in $(VENV)"; $(PYTHON) -m venv --clear $(VENV); }

$(VENV)/book.stamp: requirements.txt pyproject.toml FORCE | $(VENV)/bin/python
	@cmp -s requirements.txt $@ || { echo "installing what the book needs (about a minute)" && \
	  $(PIP) --require-hashes -r requirements.txt && cp requirements.txt $@; }
	@test -L $(VENV) || cmp -s pyproject.toml $(VENV)/package.stamp || { \
	  LC_ALL=C.UTF-8 $(PIP) --no-deps --no-build-isolation --editable . && rm -f $(VENV)/place.stamp && \
	  cp pyproject.toml $(VENV)/package.stamp; }
	@test -L $(VENV) || test "$$(cat $(VENV)/place.stamp 2>/dev/null)" = "$(CURDIR)" || { \
	  LC_ALL=C.UTF-8 $(RUN) scripts/link_environment.py && echo "$(CURDIR)" > $(VENV)/place.stamp; }

$(VENV)/test.stamp: tests/requirements.txt FORCE $(VENV)/book.stamp
	@cmp -s tests/requirements.txt $@ || { echo "installing what the tests need" && \
	  $(PIP) --require-hashes -r tests/requirements.txt && cp tests/requirements.txt $@; }
