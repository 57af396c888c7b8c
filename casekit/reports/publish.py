"""Writes a report whole or not at all: all its formats, or the previous ones stay."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from casekit._whole import drafts, write_whole
from casekit.reports.brand import Brand
from casekit.reports.formats import FORMATS, Converters


def publish(
    notebook: Mapping[str, Any],
    out: Path,
    name: str,
    *,
    formats: Iterable[str],
    converters: Converters,
    brand: Brand | None = None,
    language: str = "en",
) -> dict[str, Path]:
    """Write the notebook and every format of a report; return their paths by format.

    The previous files stay until all new ones are on the disk.
    """
    from casekit.reports.page import render_page

    wanted = ["ipynb", *(item for item in dict.fromkeys(formats) if item != "ipynb")]
    page = ""
    if len(wanted) > 1:
        page = render_page(notebook, notebook_name=f"{name}.ipynb", brand=brand)
    targets = {item: out / f"{name}{FORMATS[item].ending}" for item in wanted}
    with drafts(targets.values()) as paths:
        for item, path in zip(wanted, paths, strict=True):
            converters.write(notebook, page, path, item, brand=brand, language=language)
    return targets


def keep_partial(notebook: Mapping[str, Any], path: Path) -> bool:
    """Keep what was run for inspection; False if even that cannot be written (a full disk)."""
    try:
        write_whole(path, as_text(notebook))
    except OSError:
        return False
    return True


def as_text(notebook: Mapping[str, Any]) -> str:
    """A notebook as it stands in a file."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
