"""A forked kernel draws its figures: its template has not imported matplotlib's inline backend."""

from __future__ import annotations

import subprocess
import sys

import pytest

PREPARE = """
import sys
from casekit.reports.kernels.forked_kernel import prepare
prepare()
print([name for name in sys.modules if name.startswith("matplotlib_inline")])
"""


@pytest.mark.full
def test_the_template_leaves_the_inline_backend_to_its_children():
    """The backend binds itself to the shell that is there at its import; in the template there is none."""
    made = subprocess.run([sys.executable, "-c", PREPARE], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"
