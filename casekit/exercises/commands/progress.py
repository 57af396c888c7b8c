"""How far a long command has come."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar


class Progress:
    """A bar on a terminal; in a log a plain line a step, of steps that have something to say."""

    def __init__(self, console: Console, waiting: str = ""):
        self._console = console
        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
        )
        self._bar = Bar(*columns, console=console, transient=True)
        self._task = self._bar.add_task(waiting, total=None)

    def __enter__(self) -> Progress:
        if self._console.is_terminal:
            self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._console.is_terminal:
            self._bar.stop()

    def step(self, done: int, total: int, text: str = "") -> None:
        """One more is done."""
        if self._console.is_terminal:
            self._bar.update(self._task, completed=done, total=total, description=escape(text))
        elif text:
            self._console.print(f"{done}/{total} {text}", markup=False)
