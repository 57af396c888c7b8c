"""The ``casekit`` command: thin wiring of the functions that do the work."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

import casekit
from casekit import errors
from casekit._text import LANGUAGES, _, current_language
from casekit.batch_command import batch, make_all
from casekit.brand_command import brand_app
from casekit.errors import CasekitError
from casekit.exercises.commands import app as exercises_app
from casekit.report_commands import plan_app, verify

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Case reports and teaching notebooks on customer value.",
)
data_app = typer.Typer(no_args_is_help=True, help="The data sets of the workbook.")
app.add_typer(data_app, name="data")
app.command("batch")(batch)
app.add_typer(plan_app, name="plan")
app.add_typer(brand_app, name="brand")
app.command()(verify)
app.add_typer(exercises_app, name="exercises")

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

CaseName = Annotated[str, typer.Argument(help="name or number of a case, see: casekit list", metavar="CASE")]
Rules = Annotated[
    list[str] | None,
    typer.Option(
        "--map", "-m", metavar="COLUMN=NAME", help="the file's own name of a column: amount=实付金额"
    ),
]
Policies = Annotated[
    list[str] | None,
    typer.Option(
        "--policy", metavar="WHAT=DO", help="refunds, duplicates, missing_ids, future_dates: drop, keep …"
    ),
]


def main() -> None:
    """Run the command; say what is wrong in one message and exit 2 (input) or 1 (a report failed)."""
    try:
        app()
    except CasekitError as error:
        err.print(escape(str(error)))
        sys.exit(2 if isinstance(error, errors.InputError) else 1)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="print the version", is_eager=True)] = False,
) -> None:
    if version:
        out.print(casekit.__version__)
        raise typer.Exit


@app.command("list")
def list_command() -> None:
    """List the cases."""
    from casekit.reports.cases import list_cases

    _print_rows(
        (
            (case.stem[:2], case.name, case.in_language(current_language()).title)
            for case in list_cases(guides=True)
        ),
        _("no."),
        _("case"),
        _("question"),
    )


@app.command()
def show(case: CaseName) -> None:
    """Show the parameters of a case: type, default, range, unit, meaning."""
    from casekit.reports.cases import find_case
    from casekit.reports.parameters import read_parameters

    found = find_case(case).in_language(current_language())
    out.print(f"[bold]{escape(found.title)}[/bold]")
    _print_rows(
        (
            (
                item.name,
                item.type + (" | None" if item.optional else ""),
                repr(item.default),
                item.allowed,
                item.unit,
            )
            + (item.meaning,)
            for item in read_parameters(found)
        ),
        _("parameter"),
        _("type"),
        _("default"),
        _("range"),
        _("unit"),
        _("meaning"),
    )


@app.command()
def report(
    case: Annotated[str, typer.Argument(help="name or number of a case, or: all", metavar="CASE|all")],
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="set a parameter")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="your own file: casekit template CASE shows its columns")
    ] = None,
    column: Rules = None,
    policy: Policies = None,
    worklist: Annotated[
        Path | None, typer.Option(help="also write whom to call, with real ids, to this file")
    ] = None,
    key_file: Annotated[
        Path | None, typer.Option(help="key of the pseudonyms; made if it does not exist")
    ] = None,
    folder: Annotated[Path, typer.Option("--out", "-o", help="folder for the reports")] = Path("reports"),
    name: Annotated[str | None, typer.Option(help="file name of the report, without ending")] = None,
    title: Annotated[str | None, typer.Option(help="heading of the report")] = None,
    formats: Annotated[
        str, typer.Option("--to", metavar="FORMATS", help="html, pdf, slides, docx, pptx, ipynb, or several")
    ] = "html",
    language: Annotated[str | None, typer.Option(help="en or zh_CN")] = None,
    brand: Annotated[Path | None, typer.Option(help="name, logo and colours: casekit brand new")] = None,
    paper: Annotated[
        str | None, typer.Option(help="a4 or letter, for PDF and Word; left out: the brand's, or a4")
    ] = None,
    time_limit: Annotated[float, typer.Option(help="seconds one report may take")] = 600,
) -> None:
    """Make the report of a case, or of all."""
    import os

    from casekit.reports.cases import find_case
    from casekit.reports.formats import read_formats
    from casekit.reports.index import write_index
    from casekit.reports.run import make_report

    look: dict[str, Any] = {"formats": read_formats(formats), "language": _language(language), "brand": brand}
    look["paper"] = paper
    values = _assignments(parameter, "report", "-p contact_capacity=200")
    reading = _reading(column, policy)
    for key, value in (("data", data), ("reading", reading), ("worklist", worklist)):
        if value:
            values[key] = str(value)
    if key_file:
        os.environ["CASEKIT_KEY_FILE"] = str(key_file.expanduser().resolve())
    if case == "all" and (values or name or title):
        raise errors.InputError(
            "report",
            errors.must_hold(
                _("parameters, data, name and title belong to one case"),
                got="all",
                hint=_("name the case instead of all"),
            ),
        )
    if case == "all":
        raise typer.Exit(make_all(folder, time_limit=time_limit, **look))
    found = find_case(case)
    if worklist:
        _list_writing_case(found)
    try:
        with err.status(found.stem):
            settings: dict[str, Any] = {"out": folder, "name": name, "title": title, **look}
            made = make_report(found, values, time_limit=time_limit, **settings)
    except KeyboardInterrupt:
        err.print(_("{case}: stopped; the previous report is as it was").format(case=found.stem))
        raise
    for place, file in enumerate(path for name, path in made.files.items() if name in look["formats"]):
        seconds = f"{made.seconds:.1f}"
        text = _("{page}  ({seconds} s)").format(page=file, seconds=seconds) if place == 0 else str(file)
        out.print(escape(text))
    out.print(_("All reports: {path}").format(path=write_index(folder)))


@app.command()
def template(
    case: CaseName,
    target: Annotated[Path | None, typer.Argument(help="file to write, CASE.xlsx if left out")] = None,
    force: Annotated[bool, typer.Option("--force", help="replace the file if it is there")] = False,
) -> None:
    """Write an Excel sheet with the columns a case expects, their units and three example rows."""
    from casekit.information import write_template
    from casekit.reports.cases import find_case

    name = find_case(case).name
    out.print(str(write_template(name, target or Path(f"{name}.xlsx"), overwrite=force)))


@app.command()
def check(
    case: CaseName,
    file: Annotated[Path, typer.Argument(help="your own file")],
    column: Rules = None,
    policy: Policies = None,
) -> None:
    """Say how a file would be read: columns, encoding, what would be fixed, what is wrong."""
    from casekit.information import check_client_file
    from casekit.reports.cases import find_case

    name = _reading_case(find_case(case).name)
    result = check_client_file(name, file, reading=_reading(column, policy))
    out.print(escape(result.text))
    if not result.ok:
        raise typer.Exit(2)


@app.command()
def methods(
    word: Annotated[str | None, typer.Argument(help="a word of the name, or the item's number")] = None,
) -> None:
    """List the course's methods with the functions and notebooks that hold them."""
    from casekit.methods import list_methods

    _print_rows(
        (
            (
                row.item,
                row.name_zh,
                row.name_en,
                row.function.replace(" ", "\n"),
                row.notebook.replace(" ", "\n"),
            )
            for row in list_methods(word).itertuples(index=False)
        ),
        _("item"),
        "中文",
        "English",
        _("function"),
        _("notebook"),
    )


@app.command()
def doctor() -> None:
    """Look whether this machine has what the workbook needs, and say what to do if not."""
    from casekit.doctor import examine

    findings = examine()
    for finding in findings:
        sign = "[green]✓[/green]" if finding.ok else "[red]✗[/red]"
        out.print(f"{sign} {escape(finding.what)}")
        if finding.remedy:
            out.print(f"    {escape(finding.remedy)}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)
    out.print(_("All well. Next: casekit lab, then open 00_start_here."))


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="new or empty folder", metavar="DIR")]) -> None:
    """Copy notebooks, data and exercises out, for a course of your own."""
    from casekit.workbook import copy_workbook

    copy_workbook(folder)
    out.print(_("Your workbook is in {folder}. Next: cd {folder}, then casekit lab").format(folder=folder))


@app.command()
def lab() -> None:
    """Open the workbook in JupyterLab."""
    import subprocess

    from casekit._resources import workbook_root

    root = workbook_root()
    raise typer.Exit(subprocess.call([sys.executable, "-m", "jupyterlab", f"--notebook-dir={root}"]))


@data_app.command("list")
def data_list() -> None:
    """List the data sets."""
    from casekit.datasets import list_datasets

    table = list_datasets()
    _print_rows(
        ((row.name, f"{row.rows:,}", row.title, row.licence) for row in table.itertuples(index=False)),
        _("data set"),
        _("rows"),
        _("title"),
        _("licence"),
    )


@data_app.command("describe")
def data_describe(name: Annotated[str, typer.Argument(help="see: casekit data list")]) -> None:
    """Show the card of a data set."""
    from rich.markdown import Markdown

    from casekit.datasets import describe

    out.print(Markdown(describe(name)))


@data_app.command("simulate")
def data_simulate(
    name: Annotated[str, typer.Argument(help="a simulated data set, see: casekit data list")],
    folder: Annotated[Path, typer.Option("--out", "-o", help="folder for the files")] = Path("simulated"),
    seed: Annotated[int, typer.Option(help="another seed gives other customers")] = 1,
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="set an argument")
    ] = None,
) -> None:
    """Simulate a data set anew, with another seed or other true parameters."""
    from casekit.simulate.write import write_simulated

    values = _assignments(parameter, "simulate", "-p guests=500")
    for path in write_simulated(name, folder, seed=seed, arguments=values):
        out.print(escape(str(path)))


def _reading_case(name: str) -> str:
    """The name of a case, if it reads files."""
    from casekit.information.layouts import LAYOUTS

    if name not in LAYOUTS:
        problem = errors.must_hold(
            _("the case must be one that reads files"), got=name, hint=errors.listing(LAYOUTS)
        )
        raise errors.InputError("check", problem)
    return name


def _list_writing_case(case: Any) -> None:
    """Refuse a worklist for a case that has nobody to call."""
    from casekit.reports.parameters import read_parameters

    if "worklist" not in {parameter.name for parameter in read_parameters(case)}:
        problem = errors.must_hold(_("the case must be one that lists whom to call"), got=case.name)
        raise errors.InputError("report", problem)


def _language(name: str | None) -> str | None:
    """The language, if casekit speaks it."""
    if name is not None and name not in LANGUAGES:
        raise errors.InputError("report", errors.unknown_name(_("language"), name, LANGUAGES))
    return name


# -- words into values -----------------------------------------------------------------------------------


def _assignments(items: list[str] | None, function: str, example: str) -> dict[str, Any]:
    """``["a=1"]`` as ``{"a": "1"}``; every item without ``=`` is named."""
    bad = [item for item in items or [] if "=" not in item]
    if bad:
        raise errors.InputError(
            function,
            errors.must_hold(_("each setting must read NAME=VALUE"), got=errors.listing(bad), hint=example),
        )
    pairs = [(key.strip(), value.strip()) for key, value in (item.split("=", 1) for item in items or [])]
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [key for key, _value in pairs]
        twice = list(dict.fromkeys(name for name in names if names.count(name) > 1))
        raise errors.InputError(
            function, errors.must_hold(_("each setting must be given once"), got=errors.listing(twice))
        )
    return values


def _reading(columns: list[str] | None, policies: list[str] | None) -> str | None:
    """The column names and policies as the one text that a notebook's ``reading`` parameter takes."""
    rules = {
        **_assignments(columns, "--map", "--map amount=实付金额"),
        **_assignments(policies, "--policy", "--policy refunds=drop"),
    }
    return "; ".join(f"{key}={value}" for key, value in rules.items()) or None


def _print_rows(rows: Any, *headings: str) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(heading, no_wrap=place == 0, overflow="fold")
    for row in rows:
        table.add_row(*(escape(str(cell)) for cell in row))
    Console(highlight=False).print(table)


if __name__ == "__main__":
    main()
