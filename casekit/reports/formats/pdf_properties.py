"""Properties of a PDF file, added at its end as the format provides for: nothing is written again."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TRAILER = re.compile(rb"trailer\s*<<(?P<entries>.*?)>>\s*startxref\s+(?P<start>\d+)\s+%%EOF", re.DOTALL)
_OBJECT = re.compile(rb"(?:^|\n)(\d+) \d+ obj\b")


def with_properties(pdf: bytes, properties: Mapping[str, str]) -> bytes:
    """The same PDF with other document properties.

    Of the former properties only the dates stay; a file that does not end as Chromium writes it
    is returned as it is.

    Parameters
    ----------
    pdf : bytes
        A file with a plain cross-reference table.
    properties : mapping
        ``Title``, ``Author``, ``Subject``, ``Keywords``, ``Creator`` and the like; empty ones are left out.
    """
    found = list(_TRAILER.finditer(pdf))
    if not found:
        return pdf
    entries, previous = found[-1]["entries"], found[-1]["start"]
    root = re.search(rb"/Root\s+\d+ \d+ R", entries)
    if root is None:
        return pdf
    number = 1 + max(int(match[1]) for match in _OBJECT.finditer(pdf))
    place = len(pdf) + 1
    listed = b" ".join(
        b"/%s %s" % (name.encode("ascii"), _text(value)) for name, value in properties.items() if value
    )
    addition = b"\n%d 0 obj\n<<%s %s>>\nendobj\n" % (number, listed, _dates(pdf, entries))
    start = len(pdf) + len(addition)
    addition += b"xref\n%d 1\n%010d 00000 n \ntrailer\n" % (number, place)
    addition += b"<</Size %d\n%s\n/Info %d 0 R\n/Prev %s>>\n" % (number + 1, root[0], number, previous)
    return pdf + addition + b"startxref\n%d\n%%%%EOF\n" % start


def _text(value: str) -> bytes:
    """A text string in UTF-16, in hexadecimal digits, so that no character needs escaping."""
    return b"<FEFF" + value.encode("utf-16-be").hex().upper().encode() + b">"


def _dates(pdf: bytes, entries: bytes) -> bytes:
    """The dates of the former properties."""
    info = re.search(rb"/Info\s+(\d+) \d+ R", entries)
    former = re.search(rb"(?:^|\n)%s \d+ obj\b.*?endobj" % info[1], pdf, re.DOTALL) if info else None
    return b" ".join(re.findall(rb"/(?:CreationDate|ModDate)\s*\([^)]*\)", former[0])) if former else b""
