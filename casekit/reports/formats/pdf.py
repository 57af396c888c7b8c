"""A report as PDF, printed from its page: real text, working links, an outline, page numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from casekit.reports.brand import DEFAULT_BRAND, PAPERS, Brand
from casekit.reports.formats.chromium import Chromium
from casekit.reports.formats.pdf_properties import with_properties

#: What the page shows folded is unfolded for paper, but for the code; the parameters go to the end, and
#: a table or a printed text that is too wide becomes smaller.
_UNFOLD = """() => {
  document.querySelectorAll('details:not(.code)').forEach(part => { part.open = true; });
  const parameters = document.querySelector('details.parameters');
  if (parameters) document.querySelector('main').append(parameters);
  document.querySelectorAll('.scroll').forEach(frame => {
    const table = frame.firstElementChild, share = frame.clientWidth / frame.scrollWidth;
    if (share < 1) table.style.zoom = Math.max(share, 0.6);
    if (share < 0.6) table.style.overflowWrap = 'anywhere';
  });
  document.querySelectorAll('main pre').forEach(text => {
    text.style.whiteSpace = 'pre';
    const share = text.clientWidth / text.scrollWidth;
    if (share < 0.55) text.style.whiteSpace = 'pre-wrap';
    else if (share < 1) text.style.zoom = 0.98 * share;
  });
}"""

_MARGINS = {"top": "18mm", "bottom": "20mm", "left": "18mm", "right": "18mm"}

_FOOTER = (
    '<div style="width: 100%; margin: 0 18mm; display: flex; justify-content: space-between; gap: 8mm;'
    " font: 7.5pt system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif; color: #5c6670;\">"
    '<span style="overflow: hidden; white-space: nowrap; text-overflow: ellipsis;">{text}</span>'
    '<span style="white-space: nowrap;">'
    '<span class="pageNumber"></span> / <span class="totalPages"></span></span>'
    "</div>"
)


def page_as_pdf(
    chromium: Chromium, page_html: str, facts: Mapping[str, Any], brand: Brand | None = None
) -> bytes:
    """The page of a report as the bytes of a PDF file.

    Parameters
    ----------
    chromium : Chromium
        The browser that prints it.
    page_html : str
        The self-contained page.
    facts : mapping
        ``metadata.casekit`` of the report; kept in the properties of the file.
    brand : Brand, optional
        Paper and footer.
    """
    brand = brand or DEFAULT_BRAND
    text = brand.footer or facts.get("title", "")

    def act(page: Any) -> bytes:
        page.emulate_media(media="print")
        page.set_viewport_size({"width": round((PAPERS[brand.paper][0] - 36) / 25.4 * 96), "height": 1000})
        page.evaluate(_UNFOLD)
        return page.pdf(
            format={"a4": "A4", "letter": "Letter"}[brand.paper],
            margin=_MARGINS,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=_FOOTER.format(text=escape(text)),
            outline=True,
            tagged=True,
        )

    return with_properties(chromium.visit(page_html, act), _properties(facts, brand))


def _properties(facts: Mapping[str, Any], brand: Brand) -> dict[str, str]:
    return {
        "Title": str(facts.get("title", "")),
        "Author": brand.name,
        "Subject": str(facts.get("case", "")),
        "Keywords": json.dumps(dict(facts), ensure_ascii=False, default=str),
        "Creator": f"casekit {facts.get('version', '')}".strip(),
        "Producer": "Chromium",
    }
