# make help lists the targets. Each makes .venv itself; a second call is quick.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOWEST := .venv-lowest
PEERS := .venv-peers
PYMC := .venv-pymc
# pymc-marketing wants Python 3.12 or newer: the first on the PATH, else one of pyenv's
PEER_PYTHON ?= $(shell for p in python3.13 python3.12; do $$p -c "" 2>/dev/null && { echo $$p; exit; }; done; v=$$(pyenv versions --bare 2>/dev/null | grep -E '^3\.1[23]\.' | head -n 1); [ -z "$$v" ] || echo "$$(pyenv prefix $$v)/bin/python")
SPARK := .venv-spark
SPARK_PINS := pyspark==4.3.0 py4j==0.10.9.9 pandas==2.3.3 numpy==2.3.5 pyarrow==26.0.1 narwhals==2.29.0 scipy==1.17.1
PO := casekit/locale/zh_CN/LC_MESSAGES/casekit.po

.PHONY: help reports test test-full test-lowest benchmarks notebooks messages lab lint clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*##/ \t/' | expand -t 16

reports: $(STAMP)  ## make the case reports from the shipped data: reports/index.html
	$(BIN)/casekit report all --out reports

test: $(STAMP)  ## unit and published tests, docs, one report; needs nothing but pip packages
	$(BIN)/python -m pytest -n 2 --dist loadfile -p no:nbval -m "not full" tests

test-full: $(STAMP)  ## everything else: properties, doctests, notebooks, browser, wheel, faults; no unlisted skip
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[formats,nbgrader,polars,duckdb,dask]"
	$(PYTHON) -m venv $(SPARK)
	$(SPARK)/bin/python -m pip install --quiet -e ".[spark]" $(SPARK_PINS)
	CASEKIT_FULL=1 CASEKIT_SPARK_PYTHON=$(CURDIR)/$(SPARK)/bin/python $(BIN)/python -m pytest -n 2 --dist loadfile -m full

test-lowest:  ## unit tests with the oldest packages that casekit allows
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/python -m pip install --quiet -c constraints-lowest.txt -e ".[workbook,test]"
	@# files in the repository are made with the newest packages: whether they are in step is no question here
	$(LOWEST)/bin/python -m pytest -m "not full" -W default -p no:cacheprovider tests \
	  --ignore tests/test_messages.py --deselect tests/exercises/test_generated.py::test_regeneration_changes_nothing
	$(LOWEST)/bin/python -m pytest -W default -p no:cacheprovider casekit

benchmarks:  ## speed and memory of the customer-base models beside three other libraries, as ratios
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet -c constraints.txt -e ".[duckdb]" lifetimes==0.11.3 clvkit==0.2.1
	@if [ -z "$(PEER_PYTHON)" ]; then echo "pymc-marketing is skipped: it needs Python 3.12 or newer, and none was found. Try: make benchmarks PEER_PYTHON=python3.12"; \
	  else $(PEER_PYTHON) -m venv $(PYMC) && $(PYMC)/bin/python -m pip install --quiet pymc-marketing==1.3.0 \
	    || { rm -rf $(PYMC); echo "pymc-marketing is skipped: it could not be installed for $(PEER_PYTHON)"; }; fi
	CASEKIT_PYMC_PYTHON=$$(ls $(CURDIR)/$(PYMC)/bin/python 2>/dev/null) $(PEERS)/bin/python tests/benchmarks/customer_base.py
	$(PEERS)/bin/python tests/benchmarks/bench_engines.py 1e6 1e7
	$(PEERS)/bin/python -m pip install --quiet -c constraints.txt -e ".[workbook,nbgrader]"
	$(PEERS)/bin/python tests/benchmarks/bench_grading.py
	$(PEERS)/bin/python tests/benchmarks/bench_reports.py

notebooks: $(STAMP)  ## execute the notebooks again and write them back in normal form
	$(BIN)/python -m casekit.reports.notebooks

messages: $(STAMP)  ## bring the Chinese catalogue up to date with the code, and compile it
	$(BIN)/pybabel -q extract -F pyproject.toml -k _ -k ngettext:1,2 -k pgettext:1c,2 -k N_ --no-location --sort-output -o $(VENV)/casekit.pot casekit
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap -i $(VENV)/casekit.pot -o $(PO) -l zh_CN -D casekit
	@# not pybabel compile, which takes "80 % of" for a %o of Python's and refuses; tests/test_messages.py checks
	$(BIN)/python -c "from babel.messages import mofile, pofile; po = pofile.read_po(open('$(PO)', 'rb'), locale='zh_CN', domain='casekit'); mofile.write_mo(open('$(PO:.po=.mo)', 'wb'), po)"

lab: $(STAMP)  ## open the workbook in JupyterLab
	$(BIN)/casekit lab

lint: $(STAMP)  ## style, formatting and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:  ## remove environments, reports and caches
	rm -rf $(VENV) $(LOWEST) $(PEERS) $(PYMC) $(SPARK) reports build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || \
	  { echo "casekit needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c "import venv, ensurepip" 2>/dev/null || \
	  { echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[workbook,test]"
	@touch $(STAMP)
