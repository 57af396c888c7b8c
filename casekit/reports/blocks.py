"""What a finished report says, piece by piece, so that two of them can be held side by side."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Kinds of pieces. ``shown`` is a text or number that a reader sees, ``entry`` one in the body of a table,
#: ``code`` what stands in a folded cell.
SHOWN, ENTRY, CODE, FIGURE = "shown", "entry", "code", "figure"

_PSEUDONYM = re.compile(r"\b[CM]-[0-9A-F]{8,}\b")

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (
    *_HEADINGS,
    *("p", "li", "td", "th", "pre", "div", "summary", "blockquote", "caption", "dt", "dd", "math", "main"),
)


@dataclass(frozen=True)
class Block:
    """One piece of a report: the heading above it, its kind, its text or the hash of its picture."""

    heading: str
    kind: str
    text: str


def blocks_of_file(path: Path) -> list[Block]:
    """The pieces of a page (``.html``) or of an executed notebook (``.ipynb``)."""
    text = path.read_text(encoding="utf-8")
    if path.suffix.lower() == ".ipynb":
        return blocks_of_notebook(json.loads(text))
    return blocks_of_page(text)


def facts_of_file(path: Path) -> dict[str, Any]:
    """The facts that a report carries as metadata; empty if it carries none."""
    text = path.read_text(encoding="utf-8")
    try:
        if path.suffix.lower() == ".ipynb":
            facts = json.loads(text)["metadata"].get("casekit", {})
        else:
            facts = json.loads(_meta(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
    return facts if isinstance(facts, dict) else {}


def _meta(page: str) -> str:
    from bs4 import BeautifulSoup

    tag = BeautifulSoup(page, "html.parser").find("meta", attrs={"name": "casekit"})
    return str(tag["content"]) if tag else ""


# -- pages -----------------------------------------------------------------------------------------------


def blocks_of_page(page: str) -> list[Block]:
    """Every text and every picture of a page in reading order, the block of facts left out."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(page, "html.parser")
    title = soup.find("h1")
    heading = title.get_text(" ", strip=True) if title else ""
    parts = [part for part in (title, soup.select_one("details.parameters"), soup.find("main")) if part]
    made = [block for part in parts for block in _blocks_of_html(part, heading)]
    return _comparable(made)


def _blocks_of_html(root: Any, heading: str) -> Iterator[Block]:
    """Each text with all that stands in the same block element, each picture as its hash."""
    last: Any = None
    words: list[str] = []
    for node in root.descendants:
        if getattr(node, "name", None) == "img":
            yield Block(heading, FIGURE, _hash(str(node.get("src", "")).partition("base64,")[2]))
        if node.name is not None or not str(node).strip():
            continue
        block = next((parent for parent in node.parents if parent.name in _BLOCKS), root)
        if block is not last and last is not None:
            made = _block(last, words, heading)
            heading = made.text if last.name in _HEADINGS else heading
            yield made
            words = []
        last = block
        words.append(str(node))
    if last is not None:
        yield _block(last, words, heading)


def _block(element: Any, words: list[str], heading: str) -> Block:
    folded = any("code" in parent.get("class", []) for parent in [element, *element.parents] if parent.name)
    kind = CODE if folded else ENTRY if element.name == "td" else SHOWN
    return Block(heading, kind, " ".join("".join(words).split()))


# -- notebooks -------------------------------------------------------------------------------------------


def blocks_of_notebook(notebook: Mapping[str, Any]) -> list[Block]:
    """Every text, code and output of an executed notebook."""
    made, heading = [], ""
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            titles = re.findall(r"(?m)^#+\s+(.+?)\s*$", source)
            heading = titles[0] if titles else heading
            made += [Block(heading, SHOWN, " ".join(part.split())) for part in source.split("\n\n")]
            heading = titles[-1] if titles else heading
            continue
        made.append(Block(heading, CODE, source))
        for output in cell.get("outputs", []):
            made += _blocks_of_output(output, heading)
    return _comparable(made)


def _blocks_of_output(output: Mapping[str, Any], heading: str) -> Iterator[Block]:
    from bs4 import BeautifulSoup

    if "text" in output:
        yield from (Block(heading, SHOWN, line) for line in "".join(output["text"]).splitlines())
    for kind, data in sorted(_seen(output.get("data", {})).items()):
        text = (
            "".join(data) if isinstance(data, list) else data if isinstance(data, str) else json.dumps(data)
        )
        if kind.startswith("image/"):
            yield Block(heading, FIGURE, _hash(text))
        elif kind == "text/html":
            soup = BeautifulSoup(text, "html.parser")
            for style in soup.find_all("style"):
                style.decompose()
            yield from (Block(heading, block.kind, block.text) for block in _blocks_of_html(soup, heading))
        else:
            yield from (Block(heading, SHOWN, line.rstrip()) for line in text.splitlines())


def _seen(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a reader sees of one output: plain text stands in only where nothing richer is there."""
    if any(kind in ("text/html", "text/markdown") or kind.startswith("image/") for kind in data):
        return {kind: content for kind, content in data.items() if kind != "text/plain"}
    return data


# -- what may differ without meaning anything ------------------------------------------------------------


def _hash(base64: str) -> str:
    return hashlib.sha256("".join(base64.split()).encode()).hexdigest()[:12]


def _comparable(blocks: list[Block]) -> list[Block]:
    """Pseudonyms replaced by what stays: the order in which they first appear."""
    seen: dict[str, str] = {}

    def stable(match: re.Match[str]) -> str:
        return seen.setdefault(match[0], f"{match[0][0]}-#{len(seen) + 1}")

    return [
        Block(
            block.heading,
            block.kind,
            _PSEUDONYM.sub(stable, block.text),
        )
        for block in blocks
        if block.text.strip()
    ]
