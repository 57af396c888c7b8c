"""The cases of the workbook: one notebook each, found by number or name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._resources import resource
from casekit._text import N_, _, translated

#: What the cases are called in the title of a report on a client's own file.
_SHORT = {
    "customer_value_analysis": N_("Customer value analysis"),
    "swot": N_("SWOT"),
    "loyalty_tiers": N_("Loyalty tiers"),
    "bank_upsell": N_("Bank upsell"),
    "lifetime_value": N_("Lifetime value"),
    "customer_base": N_("Customer base"),
}

_STEM = re.compile(r"(?P<number>\d\d)_(?P<name>[a-z0-9_]+)")


@dataclass(frozen=True)
class Case:
    """One case notebook.

    Attributes
    ----------
    path : Path
        The notebook.
    """

    path: Path

    @property
    def stem(self) -> str:
        """Number and name, such as ``04_bank_upsell``."""
        return self.path.stem

    @property
    def name(self) -> str:
        """The name without its number, such as ``bank_upsell``."""
        match = _STEM.fullmatch(self.stem)
        return match["name"] if match else self.stem

    @property
    def short_title(self) -> str:
        """What the case is about, in a word or two."""
        return translated(_SHORT.get(self.name) or self.name.replace("_", " ").capitalize())

    @cached_property
    def notebook(self) -> dict[str, Any]:
        """The notebook as plain JSON."""
        return json.loads(self.path.read_text(encoding="utf-8"))

    @property
    def title(self) -> str:
        """The manager's question: the first heading of the notebook."""
        for cell in self.notebook["cells"]:
            for line in "".join(cell["source"]).splitlines():
                if cell["cell_type"] == "markdown" and line.startswith("# "):
                    return line[2:].strip()
        return self.name

    @property
    def is_guide(self) -> bool:
        """True for ``00_start_here``, which teaches the tools and is not a case report."""
        return self.stem.startswith("00_")

    def in_language(self, name: str) -> Case:
        """The same case written in another language, from the folder of that name beside the notebook.

        Where it is not written in that language, it is itself.
        """
        path = self.path.parent / name / self.path.name
        return Case(path) if path.is_file() else self

    def tagged_cell(self, tag: str) -> str:
        """The source of the first code cell with a tag, or an empty text."""
        for cell in self.notebook["cells"]:
            if cell["cell_type"] == "code" and tag in cell["metadata"].get("tags", []):
                return "".join(cell["source"])
        return ""


def list_cases(*, guides: bool = False) -> list[Case]:
    """Every case in reading order; with ``guides=True`` also ``00_start_here``."""
    cases = [Case(path) for path in sorted(resource("notebooks").glob("[0-9][0-9]_*.ipynb"))]
    return [case for case in cases if guides or not case.is_guide]


def find_case(name: str) -> Case:
    """The case with this name, number and name, or number: ``bank_upsell``, ``04_bank_upsell``, ``04``."""
    cases = list_cases(guides=True)
    for case in cases:
        number = case.stem[:2]
        if str(name).removesuffix(".ipynb") in (case.stem, case.name, number, number.lstrip("0")):
            return case
    raise errors.InputError("find_case", errors.unknown_name(_("case"), name, [case.name for case in cases]))
