"""Zips of which the same files make the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

#: The one date in every zip.
_DATE = (2020, 1, 1, 0, 0, 0)


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """A zip with the same bytes for the same files; names outside ASCII carry the UTF-8 flag."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type, entry.external_attr, entry.create_system = (
                zipfile.ZIP_DEFLATED,
                0o644 << 16,
                3,
            )
            archive.writestr(entry, files[name])
    return content.getvalue()
