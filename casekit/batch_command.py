"""``casekit batch``: the reports of a plan."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from casekit import errors
from casekit._text import _, current_language

_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "KI": 2**10, "MI": 2**20, "GI": 2**30}
_SIZE = re.compile(r"(?P<number>\d+(\.\d+)?)\s*(?P<unit>[KMG]I?|)B?")


def batch(
    plan: Annotated[
        Path, typer.Argument(help="the plan: .yaml, .xlsx or .csv; see: casekit plan new", metavar="PLAN")
    ],
    folder: Annotated[
        Path | None, typer.Option("--out", "-o", help="folder for the reports; goes before the plan's")
    ] = None,
    formats: Annotated[
        str | None, typer.Option("--to", help="formats for all reports, such as html,pdf", metavar="FORMATS")
    ] = None,
    language: Annotated[str | None, typer.Option(help="en or zh_CN, for all reports")] = None,
    brand: Annotated[Path | None, typer.Option(help="name, logo and colours, for all reports")] = None,
    paper: Annotated[
        str | None, typer.Option(help="a4 or letter, for PDF and Word; left out: the brand's, or a4")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="reports made side by side; left out: one a processor")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Dask cluster that makes the reports", metavar="tcp://…")
    ] = None,
    memory: Annotated[
        str | None, typer.Option(help="memory that one report may use, such as 2GB", metavar="SIZE")
    ] = None,
    time_limit: Annotated[float, typer.Option(help="seconds one report may take")] = 600,
    force: Annotated[bool, typer.Option("--force", help="make also what is there and unchanged")] = False,
    cold: Annotated[bool, typer.Option("--cold", help="a fresh Python for every report, not a fork")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="check and show the plan; make nothing")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="progress as JSON, one object a line")] = False,
) -> None:
    """Make the reports of a plan; the same command again makes what is missing or has changed."""
    settings = {"out": folder, "formats": formats, "language": language, "brand": brand, "paper": paper}
    if dry_run:
        _show(plan, settings)
        return
    from casekit.reports.batch.crew import Stock

    size = read_size(memory)
    # The template processes import their libraries while this one reads the plan.
    with Stock(cold=cold or scheduler is not None) as stock:
        from casekit.reports.batch.engine import run_batch
        from casekit.reports.plan import read_plan

        read = read_plan(plan, check_data=True, **settings)  # type: ignore[arg-type]
        summary = run_batch(
            read.tasks,
            out=read.out,
            workers=workers,
            memory=size,
            time_limit=time_limit,
            force=force,
            cold=cold,
            scheduler=scheduler,
            listener=choose_listener(as_json=as_json),
            stock=None if scheduler else stock,
        )
    raise typer.Exit(summary.exit_code)


def _show(plan: Path, settings: dict[str, Any]) -> None:
    """What the plan would make."""
    from rich.console import Console

    from casekit.reports.formats import require_formats
    from casekit.reports.plan import read_plan
    from casekit.reports.plan.description import print_plan

    read = read_plan(plan, check_data=True, **settings)
    print_plan(read, Console(highlight=False))
    require_formats(dict.fromkeys(item for task in read.tasks for item in task.formats))


def make_all(
    folder: Path,
    *,
    time_limit: float,
    formats: tuple[str, ...] = ("html",),
    language: str | None = None,
    brand: Path | None = None,
    paper: str | None = None,
) -> int:
    """Make the report of every case side by side; the exit code of the command."""
    from casekit.reports.batch.crew import Stock

    with Stock() as stock:
        from casekit.reports.batch.engine import run_batch
        from casekit.reports.brand import read_paper
        from casekit.reports.cases import list_cases
        from casekit.reports.task import Task

        tasks = [
            Task(
                case.stem,
                case.stem,
                formats=formats,
                language=language or current_language(),
                brand=str(brand.resolve()) if brand else None,
                paper=read_paper(paper),
            )
            for case in list_cases()
        ]
        # Made anew each time: who names no plan asks for the reports, not for what is missing.
        summary = run_batch(
            tasks,
            out=folder,
            time_limit=time_limit,
            force=True,
            listener=choose_listener(as_json=False),
            stock=stock,
        )
    return summary.exit_code


def choose_listener(*, as_json: bool) -> Any:
    """JSON if asked for, bars on a terminal, else lines."""
    from rich.console import Console

    from casekit.reports.batch.progress import Bars, JsonLines, Lines

    if as_json:
        return JsonLines()
    console = Console(highlight=False)
    return Bars(console) if console.is_terminal and sys.stdout.isatty() else Lines()


def read_size(text: str | None) -> int | None:
    """A size such as ``2GB``, ``500 MB`` or ``1.5GiB``, in bytes.

    Examples
    --------
    >>> read_size("2GB"), read_size("1.5 GiB"), read_size(None)
    (2000000000, 1610612736, None)
    """
    if text is None:
        return None
    match = _SIZE.fullmatch(text.strip().upper())
    if match is None or float(match["number"]) == 0:
        problem = errors.must_hold(
            _("memory must be a number with its unit"), got=repr(text), hint="--memory 2GB"
        )
        raise errors.InputError("batch", problem)
    return int(float(match["number"]) * _UNITS[match["unit"]])
