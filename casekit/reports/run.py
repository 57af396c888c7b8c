"""Makes one report: parameters checked, notebook run, files published."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casekit import _text, errors
from casekit._text import _
from casekit._validate import Check
from casekit.reports.brand import Brand, on_paper, read_brand, read_paper
from casekit.reports.cases import Case, find_case
from casekit.reports.execute import Execution, execute, prepare_notebook, require_complete
from casekit.reports.folder import TIME_LIMIT, report_folder
from casekit.reports.formats import Converters
from casekit.reports.parameters import check_parameters
from casekit.reports.preflight import preflight
from casekit.reports.provenance import PATHS, facts, report_name
from casekit.reports.publish import keep_partial, publish
from casekit.reports.steady import anonymous

#: Kinds of file that a worklist can be.
WORKLIST_ENDINGS = (".xlsx", ".csv")


@dataclass(frozen=True)
class Report:
    """A finished report.

    Attributes
    ----------
    case : str
        Number and name of the case.
    files : dict
        Path of each file by format; ``ipynb`` is always there.
    seconds : float
        How long it took.
    peak_memory : int or None
        Bytes that the kernel used at most.
    warnings : tuple of str
        What cells warned of, once each.
    computed : float or None
        Seconds of processor time that its kernel used, where kernels are forked.
    """

    case: str
    files: dict[str, Path]
    seconds: float
    peak_memory: int | None = None
    warnings: tuple[str, ...] = field(default=())
    computed: float | None = None

    @property
    def notebook(self) -> Path:
        """The executed notebook."""
        return self.files["ipynb"]

    @property
    def page(self) -> Path:
        """The page; for a report without one, its first file."""
        return self.files.get("html") or next(reversed(self.files.values()))


def make_report(
    case: str | Case,
    parameters: Mapping[str, Any] | None = None,
    *,
    out: str | Path = "reports",
    name: str | None = None,
    title: str | None = None,
    time_limit: float = TIME_LIMIT,
    formats: Iterable[str] = ("html",),
    language: str | None = None,
    brand: str | Path | Brand | None = None,
    paper: str | None = None,
    memory: int | None = None,
    converters: Converters | None = None,
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
    formats : iterable of str, default ("html",)
        Names of :data:`casekit.reports.formats.FORMATS`; the executed notebook is written in any case.
    language : str, optional
        ``en`` or ``zh_CN``; left out: the language in force.
    brand : path or Brand, optional
        Name, logo, colours and footer, for the report and its figures.
    paper : str, optional
        ``a4`` or ``letter``, for PDF and Word; left out: the brand's, or ``a4``.
    memory : int, optional
        Bytes the kernel may allocate (Linux only).
    converters : Converters, optional
        Kept open by a caller who makes many reports.

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
    language = language or _text.current_language()
    with _text.language(language):
        case = find_case(case) if isinstance(case, str) else case
        folder, case = case.path.parent, case.in_language(language)
        values = check_parameters(case, _absolute(parameters or {}), strict=True)
        _check_settings(values, name, time_limit)
        rows = check_data(case, values)
        brand = read_brand(brand) if isinstance(brand, str | Path) else brand
        brand = on_paper(brand, read_paper(paper))
        out = report_folder(out)
        name = name or report_name(case, values)
        failed = out / f"{name}.failed.ipynb"
        run = Execution(prepare_notebook(case, values))
        try:
            execute(
                run,
                name=case.name,
                folder=folder,
                time_limit=time_limit,
                environment={"CASEKIT_LANGUAGE": language, **(brand.environment if brand else {})},
                memory=memory,
            )
            require_complete(case, run.notebook)
            notebook = anonymous(run.notebook, values)
            notebook["metadata"]["casekit"] = facts(
                case,
                values,
                seconds=time.monotonic() - started,
                title=title,
                language=language,
                rows=rows,
                brand=brand,
            )
            with nullcontext(converters) if converters else Converters() as tools:
                files = publish(
                    notebook, out, name, formats=formats, converters=tools, brand=brand, language=language
                )
        except errors.ReportError as error:
            if keep_partial(anonymous(run.notebook, values), failed):
                text = _("{message}\n  The partial notebook: {path}").format(message=error, path=failed)
                raise errors.ReportError(text) from error
            raise
        except BaseException:
            keep_partial(anonymous(run.notebook, values), failed)
            raise
    failed.unlink(missing_ok=True)
    return Report(
        case=case.stem,
        files=files,
        seconds=time.monotonic() - started,
        peak_memory=run.peak_memory,
        warnings=run.warnings,
        computed=run.computed,
    )


def check_data(case: Case, values: Mapping[str, Any]) -> int | None:
    """Read the reader's file once, so that what is wrong with it is said before a kernel starts.

    Returns how many rows the file has; None without a file.
    """
    client = None
    if values.get("data"):
        from casekit.information import read_client_file

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


def _absolute(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with their paths made absolute (the notebook runs in its own folder)."""
    made = dict(parameters)
    for name in PATHS:
        if made.get(name):
            made[name] = str(Path(made[name]).expanduser().resolve())
    return made
