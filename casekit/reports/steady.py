"""Takes out of a notebook what differs from run to run, and what the reader's machine would give away."""

from __future__ import annotations

import itertools
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import casekit
from casekit.reports.provenance import PATHS

#: The file that a warning names: that of a cell, in a folder with the number of the process.
#: It starts where a word starts, or megabytes without a space would take hours.
_KERNEL_FILE = re.compile(r"(?<![^\s\"'])[^\s\"']*ipykernel_\d+[/\\]+(\d+\.py)")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,}>")
_STYLED = re.compile(r'<table id="(T_[0-9a-f]{5})"')


def anonymous(notebook: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The notebook without run metadata and without the folders of the reader's machine."""
    made = _without(notebook, _prefixes(values))
    made["metadata"].pop("papermill", None)
    for cell in made["cells"]:
        cell["metadata"].pop("papermill", None)
        cell["metadata"].pop("execution", None)
    return steady_outputs(made)


def steady_outputs(notebook: Any) -> Any:
    """The same notebook, its outputs without process numbers, addresses and random names of styled tables."""
    count = itertools.count()

    def steady(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: item if key == "image/png" else steady(item) for key, item in value.items()}
        if isinstance(value, list):
            return [steady(item) for item in value]
        if not isinstance(value, str):
            return value
        for name in dict.fromkeys(_STYLED.findall(value)):
            value = re.sub(rf"\b{name}(?=_|\b)", f"T_{next(count):05x}", value)
        return _ADDRESS.sub(" at 0x0>", _KERNEL_FILE.sub(r"ipykernel/\1", value))

    for cell in notebook["cells"]:
        if "outputs" in cell:
            cell["outputs"] = steady(cell["outputs"])
    return notebook


def _prefixes(values: Mapping[str, Any]) -> list[str]:
    """The folders as they may be spelled in a text."""
    folders = {Path(values[name]).parent for name in PATHS if values.get(name)}
    folders |= {Path(casekit.__file__).parent.parent, Path(sys.prefix), Path(sys.base_prefix)}
    return [
        spelled
        for folder in sorted(folders)
        if folder != folder.parent
        for spelled in (
            f"{folder}{os.sep}".replace("\\", "\\\\"),
            f"{folder}{os.sep}",
            f"{folder.as_posix()}/",
        )
    ]


def _without(value: Any, prefixes: list[str]) -> Any:
    """The same notebook with these folders removed from every text."""
    if isinstance(value, dict):
        return {key: _without(item, prefixes) for key, item in value.items()}
    if isinstance(value, list):
        return [_without(item, prefixes) for item in value]
    if isinstance(value, str):
        for prefix in prefixes:
            value = value.replace(prefix, "")
    return value
