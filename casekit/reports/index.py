"""The list of reports in a folder: ``index.html``."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

from casekit._text import _, current_language, format_date
from casekit.reports.page import TEMPLATES, _template


def write_index(out: str | Path) -> Path:
    """Write ``index.html`` for every finished report in a folder; return its path."""
    out = Path(out)
    reports = sorted(filter(None, map(_entry, sorted(out.glob("*.ipynb")))), key=lambda entry: entry["page"])
    text = _template("index.html.j2").render(
        _=_,
        reports=reports,
        style=(TEMPLATES / "page.css").read_text(encoding="utf-8"),
        language=current_language().replace("_", "-"),
    )
    target = out / "index.html"
    draft = out / ".index.partial.html"
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(target)
    return target


def _entry(path: Path) -> dict[str, Any] | None:
    """What the index says of one report; None for a notebook that is no finished report."""
    if (
        path.name.startswith(".")
        or path.name.endswith(".failed.ipynb")
        or not path.with_suffix(".html").exists()
    ):
        return None
    notebook = json.loads(path.read_text(encoding="utf-8"))
    facts = notebook["metadata"].get("casekit", {})
    if "case" not in facts:
        return None
    return {
        **facts,
        "page": path.with_suffix(".html").name,
        "day": format_date(datetime.fromisoformat(facts["created"])),
        "answer": _answer(notebook),
        "changed_values": {name: facts["parameters"][name] for name in facts["changed"]},
        "figure": _first_figure(notebook),
    }


def _answer(notebook: dict[str, Any]) -> str:
    """The first sentence that the report says to the manager, as plain text."""
    below = False
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and source.startswith("## "):
            below = source.startswith("## What we would tell the manager")
        for output in cell.get("outputs", []) if below else []:
            text = "".join(output.get("data", {}).get("text/markdown", ""))
            if text:
                plain = re.sub(r"[*`]|\\(?=\$)", "", text.split("\n\n")[0])
                return " ".join(plain.split())
    return ""


def _first_figure(notebook: dict[str, Any]) -> str:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                return "".join(output["data"]["image/png"]).strip()
    return ""
