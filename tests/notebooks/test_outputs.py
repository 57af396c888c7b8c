"""The claims stored in the committed notebooks hold when the notebooks run again (nbval)."""

import subprocess
import sys

import pytest

from casekit._text import LANGUAGES
from casekit.reports.cases import list_cases

pytestmark = pytest.mark.full

CASES = [case.in_language(name) for name in LANGUAGES for case in list_cases(guides=True)]


def nbval(path):
    """``pytest --nbval-lax``: cells tagged nbval-check-output must give what is stored."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--nbval-lax",
        "--nbval-current-env",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.run(
        [*command, "--nbval-cell-timeout=120", str(path)], capture_output=True, text=True, timeout=600
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path.parent.name}/{case.stem}")
def test_stored_claims_hold(case):
    done = nbval(case.path)
    assert done.returncode == 0, done.stdout[-3000:]


def test_a_false_claim_is_found(tmp_path):
    text = CASES[0].path.read_text(encoding="utf-8").replace("2,357 customers", "2,358 customers")
    path = tmp_path / "false.ipynb"
    path.write_text(text, encoding="utf-8")
    done = nbval(path)
    assert done.returncode == 1, done.stdout[-3000:]
    assert "2,358 customers" in done.stdout
