"""Matplotlib's list of fonts, made once outside: making it in every box would take a second each."""

from __future__ import annotations

import functools
from pathlib import Path

#: Folder of Matplotlib's settings, in the folder that a submission works in.
SETTINGS = ".matplotlib"

#: What a notebook that draws mentions.
_DRAWS = ("matplotlib", "seaborn", "plot")


def font_files(cells: tuple[str, ...]) -> dict[str, str]:
    """Files for a submission that draws, by their names in its folder; else none."""
    return _font_lists() if any(word in source for source in cells for word in _DRAWS) else {}


@functools.cache
def _font_lists() -> dict[str, str]:
    try:
        import matplotlib.font_manager  # makes the list if there is none
    except ImportError:
        return {}
    folder = Path(matplotlib.get_cachedir())
    return {f"{SETTINGS}/{path.name}": path.read_text("utf-8") for path in folder.glob("fontlist-*.json")}
