"""A report as a Word file, through pandoc: native headings, tables, captions and equations."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._text import _, current_language
from casekit.reports.brand import DEFAULT_BRAND, Brand
from casekit.reports.formats.origin import origin_rows
from casekit.reports.formats.outline import picture_bytes
from casekit.reports.formats.slides import picture_size
from casekit.reports.formats.word_file import finish, room_of

#: Seconds pandoc may take.
PATIENCE = 120

PNG = b"\x89PNG"

#: Millimetres that a figure may be high.
HIGHEST = 115


def page_as_docx(page_html: str, facts: Mapping[str, Any], brand: Brand | None = None) -> bytes:
    """The page of a report as the bytes of a Word file.

    Parameters
    ----------
    page_html : str
        The self-contained page.
    facts : mapping
        ``metadata.casekit`` of the report; kept in the properties of the file.
    brand : Brand, optional
        Name, logo, colours, footer, fonts and paper.
    """
    brand = brand or DEFAULT_BRAND
    title, markup, pictures = plain_markup(page_html, facts, brand)
    return finish(_through_pandoc(markup, pictures), title, facts, brand)


def plain_markup(page_html: str, facts: Mapping[str, Any], brand: Brand) -> tuple[str, str, dict[str, bytes]]:
    """Title of the page, its text without code and frames, and its pictures by name.

    Pictures are given to pandoc as files: reading them from the text takes it ten times as long as all else.
    """
    from bs4 import BeautifulSoup

    page = BeautifulSoup(page_html, "html.parser")
    title = page.h1.get_text(" ", strip=True) if page.h1 else str(facts.get("title", ""))
    body: Any = page.main
    parameters = page.select_one("details.parameters table")
    for part in body.select("details, nav"):
        part.decompose()
    pictures = {}
    for number, image in enumerate(body.find_all("img"), start=1):
        picture = picture_bytes(image.get("src", ""))
        if not picture:
            image.decompose()
            continue
        image["src"] = f"figure-{number}.{'png' if picture.startswith(PNG) else 'jpg'}"
        pictures[image["src"]] = picture
        _frame(image, picture, page, brand)
    for table in body.find_all("table"):
        _join_headings(table)
    for heading in body.find_all("h2"):
        heading.attrs.pop("id", None)
    end = _end(facts, str(parameters) if parameters else "")
    language = current_language().replace("_", "-")
    head = f'<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
    return title, f"{head}<body>{body.decode_contents()}{end}</body></html>", pictures


def _frame(image: Any, picture: bytes, page: Any, brand: Brand) -> None:
    """A figure with its caption, as wide as the paper allows."""
    wide, high = picture_size(picture)
    room = room_of(brand)
    # Pictures are drawn at 100 dots an inch; they are not blown up beyond that.
    image["width"] = f"{min(room, HIGHEST * wide / high, wide / 100 * 25.4 * 1.15):.0f}mm"
    following = image.find_all_next(["p", "img", "h2"], limit=4)
    caption = next((part for part in following if "caption" in (part.get("class") or [])), None)
    between = following[: following.index(caption)] if caption is not None else []
    if caption is None or any(part.name != "p" for part in between):
        return
    figure = page.new_tag("figure")
    image.wrap(figure)
    caption.extract()
    caption.name = "figcaption"
    caption.attrs = {}
    figure.append(caption)


def _join_headings(table: Any) -> None:
    """The two rows of heading that pandas writes for a named index as one; Word repeats only the first."""
    rows = table.select("thead > tr")
    if len(rows) != 2 or any(cell.get("colspan") for row in rows for cell in row.find_all(["th", "td"])):
        return
    pairs = zip(*(row.find_all(["th", "td"]) for row in rows), strict=False)
    for upper, lower in pairs:
        if not upper.get_text(strip=True):
            upper.string = lower.get_text(strip=True)
    rows[1].decompose()


def _end(facts: Mapping[str, Any], parameters: str) -> str:
    """The last page: the parameters with their meaning, and where the report comes from."""
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
        for name, value in origin_rows(facts)
        if not parameters or name != _("All parameters")
    )
    origin, settings = escape(_("Where this comes from")), escape(_("Parameters"))
    made = f"<h2>{origin}</h2><table>{rows}</table>" if rows else ""
    return made + (f"<h2>{settings}</h2>{parameters}" if parameters else "")


def _through_pandoc(markup: str, pictures: Mapping[str, bytes]) -> bytes:
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        raise errors.ReportError(_("pandoc is not on this machine any more"))
    with tempfile.TemporaryDirectory(prefix="casekit-") as folder:
        target = Path(folder) / "report.docx"
        for name, picture in pictures.items():
            (Path(folder) / name).write_bytes(picture)
        done = subprocess.run(
            [pandoc, "--from=html", "--to=docx", "--shift-heading-level-by=-1", f"--output={target}"],
            input=markup.encode(),
            capture_output=True,
            cwd=folder,
            timeout=PATIENCE,
            check=False,
        )
        if done.returncode or not target.exists():
            reason = done.stderr.decode(errors="replace").strip().splitlines()
            text = _("pandoc could not write the Word file: {reason}")
            raise errors.ReportError(text.format(reason=reason[-1] if reason else done.returncode))
        return target.read_bytes()
