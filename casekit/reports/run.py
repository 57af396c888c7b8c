"""Runs a case notebook with its parameters and writes the report: an executed notebook and a page."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import casekit
from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.reports.cases import Case, find_case
from casekit.reports.parameters import check_parameters
from casekit.reports.preflight import preflight
from casekit.reports.provenance import PATHS, changed_parameters, facts

#: Seconds a report may take from start to end unless the caller says otherwise.
TIME_LIMIT = 600

#: Kinds of file that a worklist can be.
WORKLIST_ENDINGS = (".xlsx", ".csv")

#: Arguments of a kernel that nobody watches: on the loopback interface its warnings help nobody.
QUIET_KERNEL = ["--log-level=CRITICAL"]


@dataclass(frozen=True)
class Report:
    """A finished report: the page, the executed notebook and how long it took."""

    case: str
    page: Path
    notebook: Path
    seconds: float


def make_report(
    case: str | Case,
    parameters: Mapping[str, Any] | None = None,
    *,
    out: str | Path = "reports",
    name: str | None = None,
    title: str | None = None,
    time_limit: float = TIME_LIMIT,
) -> Report:
    """Make one report.

    The parameters and the reader's file are checked before a kernel starts. The report is written beside its
    target and renamed when it is whole: a failing cell leaves the previous report as it was.

    Parameters
    ----------
    case : str or Case
        Which case, by name or number.
    parameters : mapping, optional
        Values for the notebook's parameters; the others keep their defaults. ``data`` is the path of the
        reader's own file.
    out : path, default "reports"
        Folder for the report; made if need be.
    name : str, optional
        File name without its ending. Left out: the case, then the data file, then a short digest of the
        parameters that differ from their defaults.
    title : str, optional
        Heading of the page; left out: the question at the head of the notebook, or for the reader's own file
        the name of the case and of the file.
    time_limit : float, default 600
        Seconds the whole run may take.

    Returns
    -------
    Report

    Raises
    ------
    InputError
        If a parameter or the file is not right; nothing has been run.
    ReportError
        If a step of the notebook failed or took too long; the partial notebook is kept beside the target as
        ``<name>.failed.ipynb``.
    """
    started = time.monotonic()
    case = find_case(case) if isinstance(case, str) else case
    values = check_parameters(case, _absolute(parameters or {}), strict=True)
    _check_settings(values, name, time_limit)
    rows = check_data(case, values)
    out = _folder(out)
    name = name or report_name(case, values)
    partial = out / f".{name}.{os.getpid()}.partial.ipynb"
    failed = out / f"{name}.failed.ipynb"
    try:
        _execute(case, values, partial, time_limit)
        notebook = _read(partial)
        _require_complete(case, notebook)
        seconds = time.monotonic() - started
        notebook = _anonymous(notebook, values)
        notebook["metadata"]["casekit"] = facts(case, values, seconds=seconds, title=title, rows=rows)
        page = _publish(notebook, partial, out, name)
    except errors.ReportError as error:
        if _keep_partial(partial, failed, values):
            text = _("{message}\n  The partial notebook: {path}").format(message=error, path=failed)
            raise errors.ReportError(text) from error
        raise
    except BaseException:
        _keep_partial(partial, failed, values)
        raise
    failed.unlink(missing_ok=True)
    return Report(case=case.stem, page=page, notebook=out / f"{name}.ipynb", seconds=seconds)


def check_data(case: Case, values: Mapping[str, Any]) -> int | None:
    """Read the reader's file once, so that what is wrong with it is said before a kernel starts.

    Returns how many rows the file has; None without a file.
    """
    from casekit.information import read_client_file

    client = None
    if values.get("data"):
        client = read_client_file(values["data"], case.name, reading=values.get("reading"))
    preflight(case.name, client, values)
    return None if client is None else client.rows_in_file


def _check_settings(values: Mapping[str, Any], name: str | None, time_limit: float) -> None:
    """Refuse what would fail late or overwrite the reader's own files."""
    check = Check("report")
    check.positive("time_limit", time_limit, unit=_("seconds"))
    check.require(
        not name or Path(name).name == name,
        _("name must be a file name without a folder"),
        got=str(name),
        hint=_("put the folder into out"),
    )
    check.require(
        not (values.get("reading") and not values.get("data")),
        _("rules for reading need a file to read"),
        got=str(values.get("reading")),
        hint=_("--data FILE"),
    )
    if values.get("worklist"):
        _check_worklist(check, Path(values["worklist"]), values.get("data"))
    check.done()


def _check_worklist(check: Check, worklist: Path, data: str | None) -> None:
    keep = {Path(path) for path in (data, os.environ.get("CASEKIT_KEY_FILE")) if path}
    check.require(
        worklist not in keep,
        _("the worklist must be a file of its own"),
        got=worklist.name,
        hint=_("another name: your own file would be overwritten"),
    )
    check.require(
        worklist.suffix.lower() in WORKLIST_ENDINGS,
        _("the worklist must be a file of a known kind"),
        got=worklist.name,
        hint=", ".join(WORKLIST_ENDINGS),
    )
    check.require(
        worklist.parent.is_dir(),
        _("the folder of the worklist must exist"),
        got=worklist.parent.name,
        hint=_("make the folder first"),
    )


def _folder(out: str | Path) -> Path:
    """The folder for reports, made if need be."""
    out = Path(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        problem = errors.must_hold(
            _("the folder for reports must be one that can be written"),
            got=f"{out} ({error.strerror})",
            hint=_("--out with a folder of your own"),
        )
        raise errors.InputError("report", problem) from error
    return out


def report_name(case: Case, values: Mapping[str, Any]) -> str:
    """A file name that says which case, whose data and, if any differ, which parameters."""
    import hashlib

    parts = [case.stem]
    if values.get("data"):
        parts.append(re.sub(r"[^\w.-]+", "_", Path(values["data"]).stem))
    changed = changed_parameters(case, values)
    if changed:
        text = json.dumps(changed, sort_keys=True, ensure_ascii=False)
        parts.append(hashlib.sha256(text.encode()).hexdigest()[:6])
    return "-".join(parts)


# -- running ---------------------------------------------------------------------------------------------


def _absolute(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with their paths made absolute (the notebook runs in its own folder)."""
    made = dict(parameters)
    for name in PATHS:
        if made.get(name):
            made[name] = str(Path(made[name]).expanduser().resolve())
    return made


def _execute(case: Case, values: Mapping[str, Any], target: Path, time_limit: float) -> None:
    """Run the notebook through papermill; say which step failed."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    deadline = time.monotonic() + time_limit
    _keep_quiet()
    try:
        with figures_in_the_notebook():
            papermill.execute_notebook(
                case.path,
                target,
                parameters=dict(values),
                kernel_name="python3",
                language="python",
                progress_bar=False,
                cwd=case.path.parent,
                extra_arguments=QUIET_KERNEL,
                timeout_func=lambda _cell: max(1, int(deadline - time.monotonic())),
            )
    except papermill.PapermillExecutionError as error:
        step = _step(_read(target), error.cell_index)
        raise errors.ReportError(
            _("{case}: step {step} failed with {error}: {message}").format(
                case=case.name, step=step, error=error.ename, message=str(error.evalue).strip()
            )
        ) from error
    except (CellTimeoutError, DeadKernelError) as error:
        step = _step(_read(target), None) if target.exists() else "1"
        if isinstance(error, DeadKernelError):
            text = _("{case}: the kernel died in step {step}")
        else:
            text = _("{case}: step {step} was still running after {seconds} seconds")
        raise errors.ReportError(text.format(case=case.name, step=step, seconds=round(time_limit))) from error


@contextmanager
def figures_in_the_notebook() -> Iterator[None]:
    """Start kernels without the caller's ``MPLBACKEND``: with it figures would vanish without a word."""
    backend = os.environ.pop("MPLBACKEND", None)
    try:
        yield
    finally:
        if backend is not None:
            os.environ["MPLBACKEND"] = backend


def _keep_quiet() -> None:
    """papermill warns of parameters typed ``X | None``, pyzmq of Windows' event loop; both then do right."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    warnings.filterwarnings("ignore", message=".*[Pp]roactor.*")


def _step(notebook: Mapping[str, Any], cell_index: int | None) -> str:
    """The heading above a cell (or above the last cell that began), quoted."""
    cells = notebook["cells"]
    if cell_index is None:
        begun = [
            index
            for index, cell in enumerate(cells)
            if cell["metadata"].get("papermill", {}).get("start_time") and cell["cell_type"] == "code"
        ]
        cell_index = begun[-1] if begun else 0
    headings = [
        line.lstrip("# ").strip()
        for cell in cells[: cell_index + 1]
        if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).splitlines()
        if line.startswith("#")
    ]
    return f"“{headings[-1]}”" if headings else str(cell_index + 1)


def _require_complete(case: Case, notebook: Mapping[str, Any]) -> None:
    """A report counts only if every code cell that should run has run: papermill's word is not enough."""
    for index, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code" or not "".join(cell["source"]).strip():
            continue
        if "skip-execution" in cell["metadata"].get("tags", []):
            continue
        if cell.get("execution_count") is None:
            raise errors.ReportError(
                _("{case}: the run ended before step {step}").format(
                    case=case.name, step=_step(notebook, index)
                )
            )
    if _figures(case.notebook) and not _figures(notebook):
        raise errors.ReportError(_("{case}: the run ended without a figure").format(case=case.name))


def _figures(notebook: Mapping[str, Any]) -> int:
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return sum("image/png" in output.get("data", {}) for output in outputs)


# -- writing ---------------------------------------------------------------------------------------------


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def _write(notebook: Mapping[str, Any], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(notebook, file, indent=1, ensure_ascii=False)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def _keep_partial(partial: Path, failed: Path, values: Mapping[str, Any]) -> bool:
    """Keep what was run for inspection; a partial file that is no notebook (a full disk) is removed."""
    partial.with_suffix(".html").unlink(missing_ok=True)
    if not partial.exists():
        return False
    try:
        _write(_anonymous(_read(partial), values), partial)
        partial.replace(failed)
    except (OSError, ValueError):
        partial.unlink(missing_ok=True)
        return False
    return True


def _anonymous(notebook: dict[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The notebook without run metadata and without the folders of the reader's machine."""
    folders = {Path(values[name]).parent for name in PATHS if values.get(name)}
    folders |= {Path(casekit.__file__).parent.parent, Path(sys.prefix), Path(sys.base_prefix)}
    prefixes = [
        spelled
        for folder in folders
        if folder != folder.parent
        for spelled in (
            f"{folder}{os.sep}".replace("\\", "\\\\"),
            f"{folder}{os.sep}",
            f"{folder.as_posix()}/",
        )
    ]
    notebook = _without(notebook, prefixes)
    notebook["metadata"].pop("papermill", None)
    for cell in notebook["cells"]:
        cell["metadata"].pop("papermill", None)
        cell["metadata"].pop("execution", None)
    return notebook


def _without(value: Any, prefixes: list[str]) -> Any:
    """The same notebook with these folders removed from every text."""
    if isinstance(value, dict):
        return {key: _without(item, prefixes) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(item, prefixes) for item in value]
    if isinstance(value, str):
        for prefix in prefixes:
            value = value.replace(prefix, "")
    return value


def _publish(notebook: dict[str, Any], partial: Path, out: Path, name: str) -> Path:
    """Write notebook and page beside their targets, then rename both."""
    from casekit.reports.page import render_page

    page = out / f"{name}.html"
    draft = partial.with_suffix(".html")
    draft.write_text(render_page(notebook, notebook_name=f"{name}.ipynb"), encoding="utf-8", newline="\n")
    _write(notebook, partial)
    partial.replace(out / f"{name}.ipynb")
    draft.replace(page)
    return page
