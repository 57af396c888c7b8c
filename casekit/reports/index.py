"""The list of reports in a folder: ``index.html``."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from casekit._text import _, current_language, format_date
from casekit._whole import write_whole
from casekit.reports.batch.journal import read_journal
from casekit.reports.batch.lock import STATE
from casekit.reports.batch.outcome import FAILED, Outcome
from casekit.reports.formats import FORMATS
from casekit.reports.page import TEMPLATES, _template
from casekit.reports.thumbnails import thumbnail

#: What was read of each notebook the last time, so that a list of hundreds is made in a moment.
CACHE = "index.json"

#: Raised when what is kept of a notebook changes.
CACHE_FORM = 1

#: Each language by its own name.
LANGUAGE_NAMES = {"en": "English", "zh_CN": "中文"}

#: The heading below which a case says its answer, in each language.
ANSWERS = ("## What we would tell the manager", "## 给经理的答复")


def write_index(out: str | Path) -> Path:
    """Write ``index.html`` for the reports of a folder, made or failed; return its path.

    Thumbnails lie in the page itself, and the filter is a few lines of script in it: the page needs no
    network, and no file beside it but the reports.
    """
    out = Path(out)
    reports = _reports(out)
    text = _template("index.html.j2").render(
        _=_,
        reports=reports,
        failed=sum(report["failed"] for report in reports),
        style=_file("page.css") + _file("index.css"),
        script=_file("index.js"),
        languages=LANGUAGE_NAMES,
        language=current_language().replace("_", "-"),
    )
    return write_whole(out / "index.html", text)


def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _reports(out: Path) -> list[dict[str, Any]]:
    """Every report of the folder: those that are there, and those that could not be made."""
    last = {outcome.name: outcome for outcome in read_journal(out)}
    kept, read = _read_cache(out), {}
    reports = []
    for path in sorted(out.glob("*.ipynb")):
        name = path.name.removesuffix(".ipynb")
        if path.name.startswith(".") or name.endswith(".failed"):
            continue
        read[path.name] = facts = _facts(path, kept)
        if "case" in facts:
            reports.append(_entry(out, name, facts, last.pop(name, None)))
    reports += [_entry(out, name, {}, outcome) for name, outcome in last.items() if outcome.status == FAILED]
    _write_cache(out, read)
    return sorted(reports, key=lambda report: report["name"])


def _entry(out: Path, name: str, facts: dict[str, Any], outcome: Outcome | None) -> dict[str, Any]:
    """What the list says of one report."""
    failed = outcome is not None and outcome.status == FAILED
    links = _links(out, name)
    entry = {
        "name": name,
        "case": facts.get("case") or (Path(outcome.case).stem if outcome else ""),
        "title": facts.get("title") or name,
        "answer": facts.get("answer", ""),
        "thumbnail": facts.get("thumbnail", ""),
        "page": links[0][1] if links and facts else "",
        "links": links if facts else [],
        "data": facts.get("data", ""),
        "language": facts.get("language", ""),
        "created": facts.get("created", ""),
        "day": format_date(datetime.fromisoformat(facts["created"])) if facts.get("created") else "",
        "changed": [(key, _shown(facts["parameters"].get(key))) for key in facts.get("changed", [])],
        "failed": failed,
        "reason": _reason(outcome.message, name) if outcome and failed else "",
        "partial": quote(f"{name}.failed.ipynb") if (out / f"{name}.failed.ipynb").exists() else "",
    }
    return {**entry, "words": _words(entry)}


def _reason(message: str, name: str) -> str:
    """Why a report failed, without the path of the partial notebook: a link leads there."""
    return "\n".join(line for line in message.splitlines() if f"{name}.failed.ipynb" not in line)


def _links(out: Path, name: str) -> list[tuple[str, str]]:
    """The formats that are there, with their addresses."""
    files = [(item.name, f"{name}{item.ending}") for item in FORMATS.values()]
    return [(kind, quote(file)) for kind, file in files if (out / file).exists()]


def _shown(value: Any) -> str:
    return _("none") if value is None else str(value)


def _words(entry: dict[str, Any]) -> str:
    """All that the filter looks through."""
    changed = " ".join(f"{key}={value} {key} = {value}" for key, value in entry["changed"])
    status = _("failed") if entry["failed"] else _("made")
    parts = [entry[key] for key in ("name", "case", "title", "answer", "data", "language", "day", "reason")]
    kinds = " ".join(kind for kind, _address in entry["links"])
    language = LANGUAGE_NAMES.get(entry["language"], "")
    return " ".join([*parts, changed, kinds, status, language]).lower()


# -- what a notebook says --------------------------------------------------------------------------------


def _facts(path: Path, kept: dict[str, Any]) -> dict[str, Any]:
    """The facts of a report with its answer and a thumbnail; read again only if the file has changed."""
    status = path.stat()
    stamp = [CACHE_FORM, status.st_mtime_ns, status.st_size]
    known = kept.get(path.name)
    if isinstance(known, dict) and known.get("stamp") == stamp:
        return known
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        facts = notebook["metadata"].get("casekit", {})
        if "case" not in facts:
            return {"stamp": stamp}
        made = {"answer": _answer(notebook), "thumbnail": _thumbnail(notebook)}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {"stamp": stamp}
    return {**facts, **made, "stamp": stamp}


def _answer(notebook: dict[str, Any]) -> str:
    """The first sentence that the report says to the manager, else its first sentence, as plain text."""
    below, first = False, ""
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and source.startswith("## "):
            below = source.startswith(ANSWERS)
        for output in cell.get("outputs", []):
            text = _plain("".join(output.get("data", {}).get("text/markdown", "")))
            if text and below:
                return text
            first = first or text
    return first


def _plain(markdown: str) -> str:
    """The first paragraph without marks."""
    return " ".join(re.sub(r"[*`]|\\(?=\$)", "", markdown.split("\n\n")[0]).split())


def _thumbnail(notebook: dict[str, Any]) -> str:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                return thumbnail("".join(output["data"]["image/png"]))
    return ""


def _read_cache(out: Path) -> dict[str, Any]:
    try:
        kept = json.loads((out / STATE / CACHE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _write_cache(out: Path, read: dict[str, Any]) -> None:
    """Keep what was read; a folder that cannot hold it is read again the next time."""
    try:
        write_whole(out / STATE / CACHE, json.dumps(read, ensure_ascii=False))
    except OSError:
        return
