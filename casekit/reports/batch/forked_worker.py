"""The child of a template process that becomes a worker, and what its template imports beforehand."""

from __future__ import annotations

import gc
import signal
import sys
from typing import Any

#: A worker that is told to end keeps the partial notebook first.
END_SIGNAL = signal.SIGTERM

_CELL = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Title\n\n$x$ and `code`"}
_CODE = {"cell_type": "code", "id": "b", "metadata": {}, "source": "1", "outputs": [], "execution_count": 1}
_NOTEBOOK = {"cells": [_CELL, _CODE], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def prepare() -> None:
    """Import what makes reports, and make one page: templates and the schema checker are then ready."""
    _do_without_grammars()
    import papermill.parameterize  # noqa: F401

    import casekit.reports.batch.worker
    import casekit.reports.run  # noqa: F401
    from casekit.reports.page import render_page

    render_page(_NOTEBOOK)
    gc.collect()
    gc.freeze()


def _do_without_grammars() -> None:
    """Keep jsonschema from compiling the grammar of addresses, which takes it a second or more.

    It knows what to do without that package, and no notebook is checked for the spelling of addresses.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def run(_request: dict[str, Any]) -> int:
    """Become a worker."""
    from casekit.reports.batch.worker import main

    return main()
