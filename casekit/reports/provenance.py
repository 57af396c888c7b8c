"""Where a report comes from: what is written into every report, and the fingerprint of a task."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import warnings
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

import casekit
from casekit._text import _
from casekit.datasets import file_sha256, list_datasets, read_card
from casekit.errors import CasekitWarning
from casekit.reports.brand import Brand, read_brand
from casekit.reports.cases import Case, find_case
from casekit.reports.own_code import own_code
from casekit.reports.parameters import read_parameters
from casekit.reports.task import Task

#: Parameters that hold a path: a report shows the file's name and nothing of the folder.
PATHS = ("data", "worklist")

#: Packages whose version may move a number; kept in the metadata.
PACKAGES = ("numpy", "scipy", "pandas", "scikit-learn", "matplotlib")

_LOADER = re.compile(r"\bload_([a-z_]+)\(")


def facts(
    case: Case,
    values: Mapping[str, Any],
    *,
    seconds: float,
    title: str | None = None,
    language: str = "en",
    rows: int | None = None,
    brand: Brand | None = None,
) -> dict[str, Any]:
    """What the title block of a report says, and what another run needs to repeat this one.

    Parameters
    ----------
    case : Case
    values : mapping
        Every parameter of the case, as the report was made.
    seconds : float
        How long the run took. This and ``created`` are all that differs between two runs.
    title : str, optional
        Heading of the page.
    language : str
        ``en`` or ``zh_CN``.
    rows : int, optional
        Rows of the reader's own file; those of shipped data stand on their cards.
    brand : Brand, optional
        Its name is kept, and the colours of the figures, so that they can be drawn again.
    """
    data = values.get("data")
    shown = {name: Path(value).name if name in PATHS and value else value for name, value in values.items()}
    return {
        "case": case.stem,
        "title": title or report_title(case, data),
        "parameters": shown,
        "changed": sorted(changed_parameters(case, values)),
        "data": Path(data).name if data else ", ".join(datasets_used(case)),
        "own_data": bool(data),
        "data_rows": rows if data else shipped_rows(case),
        "data_sha256": data_fingerprint(case, data),
        "notebook_sha256": file_sha256(case.path),
        "seed": values.get("seed"),
        "language": language,
        "brand": brand.name if brand else "",
        "figure_colours": brand.environment.get("CASEKIT_BRAND", "") if brand else "",
        "version": casekit.__version__,
        "python": platform.python_version(),
        "packages": packages(),
        "created": datetime.now().astimezone().isoformat(timespec="seconds"),
        "seconds": round(seconds, 1),
    }


def changed_parameters(case: Case, values: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that differ from their defaults, paths left out."""
    defaults = {parameter.name: parameter.default for parameter in read_parameters(case)}
    return {name: value for name, value in values.items() if name not in PATHS and value != defaults[name]}


def report_name(case: Case, values: Mapping[str, Any]) -> str:
    """A file name that says which case, whose data and, if any differ, which parameters."""
    parts = [case.stem]
    if values.get("data"):
        parts.append(re.sub(r"[^\w.-]+", "_", Path(values["data"]).stem))
    changed = changed_parameters(case, values)
    if changed:
        text = json.dumps(changed, sort_keys=True, ensure_ascii=False)
        parts.append(hashlib.sha256(text.encode()).hexdigest()[:6])
    return "-".join(parts)


def report_title(case: Case, data: str | None) -> str:
    """The question of the shipped case, or the method and the file for a client's own data."""
    if not data:
        return case.title
    return _("{case}: {file}").format(case=case.short_title, file=Path(data).name)


@cache
def packages() -> dict[str, str]:
    """Versions of the packages that may move a number or a line."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


# -- data ------------------------------------------------------------------------------------------------


def datasets_used(case: Case) -> list[str]:
    """The names of the shipped data sets that a case loads."""
    source = "\n".join(
        "".join(cell["source"]) for cell in case.notebook["cells"] if cell["cell_type"] == "code"
    )
    known = set(list_datasets()["name"]) if _LOADER.search(source) else set()
    return [name for name in dict.fromkeys(_LOADER.findall(source)) if name in known]


def shipped_rows(case: Case) -> int:
    """Rows of all tables of the data sets that a case loads."""
    return sum(table["rows"] for name in datasets_used(case) for table in read_card(name)["table"])


def data_fingerprint(case: Case, data: str | Path | None) -> str:
    """sha256 of the reader's own file; for shipped data one over the sums on their cards."""
    if data:
        status = os.stat(data)
        return _file_sha256(str(data), status.st_mtime_ns, status.st_size)
    sums = [table["sha256"] for name in datasets_used(case) for table in read_card(name)["table"]]
    return hashlib.sha256("".join(sums).encode()).hexdigest()


@lru_cache(maxsize=256)
def _file_sha256(path: str, _changed: int, _size: int) -> str:
    """Many reports of a batch read one file: it is summed again only when it has changed."""
    return file_sha256(path)


# -- tasks -----------------------------------------------------------------------------------------------


def fingerprint(task: Task, out: Path | None = None) -> str:
    """One sha256 over all that decides what a report says and how it looks.

    Two tasks of one name with the same fingerprint make the same report: the notebook, the parameters, the
    bytes of the data (not where they lie), casekit's version and, in a checkout, its code, title, language,
    formats, brand and paper.

    Parameters
    ----------
    task : Task
    out : Path, optional
        The folder of the reports: a worklist is known by its place seen from there.

    Raises
    ------
    OSError
        If the notebook, the data or the brand file is gone.
    """
    case = task_case(task).in_language(task.language)
    data = task.parameters.get("data")
    parameters = dict(task.parameters)
    if data:
        parameters["data"] = Path(data).name
    if parameters.get("worklist") and out is not None:
        parameters["worklist"] = seen_from(out, parameters["worklist"])
    parts = {
        "notebook": file_sha256(case.path),
        "parameters": parameters,
        "data": data_fingerprint(case, data),
        "version": casekit.__version__,
        "code": own_code(),
        "title": task.title,
        "language": task.language,
        "formats": sorted(task.formats),
        "brand": _brand_fingerprint(task.brand),
        "paper": task.paper,
    }
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def seen_from(folder: Path, path: str) -> str:
    """A path as it is seen from a folder; on another drive of Windows, as it is."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path


def task_case(task: Task) -> Case:
    """The case of a task: one of the workbook, or a notebook of the reader's own."""
    return Case(Path(task.case)) if task.case.lower().endswith(".ipynb") else find_case(task.case)


def _brand_fingerprint(brand: str | None) -> str:
    """The brand file and the pictures beside it: a new logo under the old name is another brand."""
    if not brand:
        return ""
    with warnings.catch_warnings():  # said once, where the brand is used
        warnings.simplefilter("ignore", CasekitWarning)
        return hashlib.sha256(repr(read_brand(brand)).encode()).hexdigest()
