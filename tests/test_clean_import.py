"""Importing casekit is quick, silent and changes nothing."""

import subprocess
import sys

HEAVY = "matplotlib ipywidgets papermill IPython sklearn scipy.stats nbformat pandera"

PROBE = f"""
import sys, warnings
warnings.simplefilter("error")
import pandas
before = pandas.get_option("display.max_columns")
import casekit, casekit.datasets, casekit.value, casekit.loyalty, casekit.strategy, casekit.selling
import casekit.information, casekit.segments, casekit.simulate, casekit.periods
assert pandas.get_option("display.max_columns") == before
loaded = [name for name in "{HEAVY}".split() if name in sys.modules]
sys.exit("loaded: " + " ".join(loaded) if loaded else 0)
"""


def test_import_in_a_clean_process():
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
