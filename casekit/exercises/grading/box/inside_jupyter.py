"""Inside the box: what a notebook expects of Jupyter, without Jupyter."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

#: Cell magics whose body is ordinary code.
BODY_RUNS = {"time", "timeit", "capture", "prun", "python", "python3"}

#: Line magics whose line is ordinary code.
LINE_RUNS = {"time", "timeit", "prun"}

#: Line magics that have nothing to do here, and are no matter for a note.
SILENT = {"matplotlib", "config", "load_ext", "reload_ext", "autoreload", "precision", "pylab"}


def as_python(source: str) -> str:
    """The cell as Python: unchanged if it is Python, else with magics and ``!`` turned into calls."""
    try:
        compile(source, "<cell>", "exec", dont_inherit=True)
        return source
    except (SyntaxError, ValueError):
        pass
    if not any(mark in source for mark in "%!?"):
        return source
    from IPython.core.inputtransformer2 import TransformerManager

    return TransformerManager().transform_cell(source)


class Jupyter:
    """Stands in for IPython's shell: runs the code of timing magics, skips the rest with a note."""

    def __init__(self, namespace: dict[str, Any], note: Callable[[str], None]):
        self.user_ns = namespace
        self._note = note

    def install(self) -> None:
        """Make ``get_ipython`` and ``display`` known to every cell."""
        vars(builtins)["get_ipython"] = lambda: self
        vars(builtins)["display"] = lambda *shown, **options: None

    def run_line_magic(self, name: str, line: str, *_: Any) -> None:
        if name in LINE_RUNS:
            exec(compile(as_python(line), f"<%{name}>", "exec"), self.user_ns)
        elif name not in SILENT:
            self._note(f"%{name} {line}"[:80])

    def run_cell_magic(self, name: str, line: str, body: str) -> None:
        if name in BODY_RUNS:
            exec(compile(as_python(body), f"<%%{name}>", "exec"), self.user_ns)
        else:
            self._note(f"%%{name} {line}"[:80])

    def system(self, command: str) -> None:
        self._note(f"!{command}"[:80])

    def getoutput(self, command: str, **_: Any) -> list[str]:
        self._note(f"!{command}"[:80])
        return []

    def __getattr__(self, name: str) -> Any:
        """Anything else that a notebook asks of the shell does nothing."""
        return lambda *arguments, **options: None
