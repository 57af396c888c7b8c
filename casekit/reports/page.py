"""Turns an executed notebook into one page: readable on a phone, printable, asking no other host."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from casekit._text import _, current_language, format_date, format_number, ngettext
from casekit.reports.brand import DEFAULT_BRAND, Brand
from casekit.reports.columns import numeric_columns
from casekit.reports.parameters import parse_parameters

TEMPLATES = Path(__file__).parent / "templates"

_CODE = re.compile(r"(```.*?```|`[^`\n]+`)", re.DOTALL)
_FORMULA = re.compile(
    r"(?<!\\)\$\$(?P<block>.+?)(?<!\\)\$\$"
    r"|(?<![\\$A-Za-z0-9_])\$(?P<inline>[^$\n]+?)(?<![\\\s])\$(?!\d)",  # Chinese stands close to it
    re.DOTALL,
)
_MARK = re.compile(r"xMATHx(\d+)x")


def render_page(notebook: Mapping[str, Any], *, notebook_name: str = "", brand: Brand | None = None) -> str:
    """The page of an executed notebook, as HTML text.

    Parameters
    ----------
    notebook : mapping
        The executed notebook (plain JSON) with ``metadata.casekit`` as :func:`make_report` writes it.
    notebook_name : str
        File name of the notebook beside the page, for the link to it.
    brand : Brand, optional
        Name, logo, colours, footer and font.
    """
    import nbformat

    text = json.dumps(_without_hidden_cells(notebook), ensure_ascii=False)
    body, _resources = _exporter().from_notebook_node(nbformat.reads(text, as_version=4))
    body, contents = _finish(body)
    facts = notebook["metadata"].get("casekit", {})
    return _template("page.html.j2").render(
        _=_,
        body=body,
        contents=contents,
        facts=facts,
        facts_json=json.dumps(facts, ensure_ascii=False, sort_keys=True),
        rows=_rows(facts),
        created=_day(facts.get("created")),
        parameters=_parameter_rows(notebook),
        notebook_name=notebook_name,
        style=(TEMPLATES / "page.css").read_text(encoding="utf-8"),
        brand=brand or DEFAULT_BRAND,
        brand_style=_brand_style(brand or DEFAULT_BRAND),
        language=current_language().replace("_", "-"),
    )


def _brand_style(brand: Brand) -> str:
    """What a brand changes in the style sheet; nothing for the workbook's own look."""
    rules = []
    if brand.primary:
        rules.append(f":root {{ --accent: {brand.accent}; }} h2 {{ border-color: {brand.accent}; }}")
        rules.append(f"a, h1, h2 {{ color: {brand.text_accent}; }}")
    fonts = ", ".join(f'"{name}"' for name in (brand.font, brand.chinese_font) if name)
    if fonts:
        rules.append(
            f"body, h1, h2, h3, h4, .kind, dl, nav, summary, table, .note, footer, .brand "
            f"{{ font-family: {fonts}, system-ui, sans-serif; }}"
        )
    return "\n".join(rules)


def _without_hidden_cells(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the cells that mean nothing on paper: parameters (shown as a table), widgets, and
    text about them (tagged ``notebook-only``); on a client's own data also the story of the shipped case
    and its worked examples (tagged ``shipped-only``)."""
    hidden = {"parameters", "injected-parameters", "skip-execution", "notebook-only"}
    if notebook["metadata"].get("casekit", {}).get("own_data"):
        hidden.add("shipped-only")
    cells = [cell for cell in notebook["cells"] if not hidden & set(cell["metadata"].get("tags", []))]
    return {**notebook, "cells": cells}


@cache
def _exporter() -> Any:
    from nbconvert import HTMLExporter, TemplateExporter
    from nbconvert.filters import Highlight2HTML, markdown2html_mistune
    from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

    def markdown(source: str) -> str:
        text, formulas = _take_formulas(source)
        return _MARK.sub(lambda mark: formulas[int(mark[1])], markdown2html_mistune(text))

    class Exporter(HTMLExporter):
        """Without the pass over the finished page in which HTMLExporter parses it: ``_finish`` does that."""

        def from_notebook_node(self, nb: Any, resources: Any = None, **settings: Any) -> Any:
            language = nb.metadata.get("language_info", {})
            lexer = language.get("pygments_lexer", language.get("name"))
            resources = self._init_resources(resources)
            self.register_filter("highlight_code", Highlight2HTML(pygments_lexer=lexer, parent=self))
            types = WidgetsDataTypeFilter(
                notebook_metadata=self._nb_metadata, parent=self, resources=resources
            )
            self.register_filter("filter_data_type", types)
            return TemplateExporter.from_notebook_node(self, nb, resources, **settings)

    exporter = Exporter(
        template_name="casekit",
        extra_template_basedirs=[str(TEMPLATES)],
        filters={"markdown2html": markdown},
        embed_images=True,
    )
    exporter.register_filter("markdown2html", markdown)
    exporter.environment.globals["_"] = _
    return exporter


@cache
def _template(name: str) -> Any:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name)


def _take_formulas(source: str) -> tuple[str, list[str]]:
    """The Markdown with a mark for each formula, and the formulas as MathML. Code is left alone."""
    from latex2mathml.converter import convert

    formulas: list[str] = []

    def take(match: re.Match[str]) -> str:
        block = match["block"]
        display = "block" if block else "inline"
        formulas.append(convert((block or match["inline"]).strip(), display=display))
        return f"xMATHx{len(formulas) - 1}x"

    parts = _CODE.split(source)
    # A dollar sign that is left is money; as an entity it cannot start a formula further on.
    parts[::2] = [re.sub(r"\\?\$", "&#36;", _FORMULA.sub(take, part)) for part in parts[::2]]
    return "".join(parts), formulas


def _finish(body: str) -> tuple[str, list[tuple[str, str]]]:
    """Anchors for headings, alternative texts and frames for figures, room to scroll for wide tables."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(body, "html.parser")
    for link in soup.select("a.anchor-link"):
        link.decompose()
    title = soup.find("h1")
    if title:
        title.decompose()
    contents = []
    for number, heading in enumerate(soup.find_all("h2"), start=1):
        anchor = f"section-{number}"
        heading["id"] = anchor
        contents.append((anchor, heading.get_text()))
    for figure in soup.find_all("img"):
        caption = next((text for text in figure.find_all_next("p", limit=3) if _is_caption(text)), None)
        figure["alt"] = caption.get_text(" ", strip=True) if caption else _("figure")
    for caption in soup.find_all(_is_caption):
        caption["class"] = "caption"
    for table in soup.find_all("table"):
        del table["border"]
        _align(table)
        table.wrap(soup.new_tag("div", attrs={"class": "scroll"}))
    return str(soup), contents


def _align(table: Any) -> None:
    """Columns of words begin at the left, those of numbers end at the right."""
    rows = [row.find_all(["th", "td"]) for row in table.select("tbody > tr")]
    numeric = numeric_columns([[cell.get_text() for cell in row] for row in rows])
    heads = [row.find_all("th") for row in table.select("thead > tr")]
    for row in [*heads, *rows]:
        if len(row) == len(numeric):
            for cell, is_number in zip(row, numeric, strict=True):
                if not is_number:
                    cell["class"] = [*cell.get("class", []), "words"]


def _is_caption(tag: Any) -> bool:
    return tag.name == "p" and bool(re.match(r"\s*(Figure|图)\s*\d+", tag.get_text()))


def _day(created: str | None) -> str:
    return format_date(datetime.fromisoformat(created)) if created else ""


def _rows(facts: Mapping[str, Any]) -> str:
    """How many rows the data have, in words; nothing where that is not known."""
    count = facts.get("data_rows")
    if count is None:
        return ""
    return ngettext("{count} row", "{count} rows", count).format(count=format_number(count, digits=0))


def _parameter_rows(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row a parameter for the title block: value, unit, meaning, and whether it was changed."""
    facts = notebook["metadata"].get("casekit", {})
    if "case" not in facts:
        return []
    tagged = (cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", []))
    source = "".join(next(tagged, {"source": ""})["source"])
    return [
        {
            "name": parameter.name,
            "value": _("none")
            if facts["parameters"][parameter.name] is None
            else facts["parameters"][parameter.name],
            "unit": parameter.unit,
            "meaning": parameter.meaning,
            "changed": parameter.name in facts["changed"],
        }
        for parameter in parse_parameters(source, facts["case"])
        if not (facts["own_data"] and "case only:" in parameter.meaning)
    ]
