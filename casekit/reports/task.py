"""One report of a batch, as plain values."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any

#: The languages a report can be written in.
LANGUAGES = ("en", "zh_CN")


@dataclass(frozen=True)
class Task:
    """One report of a batch: all that a worker needs to make it; plain values only, so it travels as JSON.

    Attributes
    ----------
    name : str
        File name without its ending; no folder; unique in the batch, upper and lower case being the same.
    case : str
        Stem such as ``04_bank_upsell``, or the path of a notebook with a parameters cell.
    parameters : dict
        The given ones, checked and of their type; paths are absolute.
    formats : tuple of str
        Names of formats; the executed notebook is kept beside them in any case.
    language : str
        ``en`` or ``zh_CN``, for the kernel and for the page.
    title : str, optional
        Heading of the page.
    brand : str, optional
        Absolute path of a brand file.
    paper : str, optional
        ``a4`` or ``letter``; left out: the brand's.
    where : str
        Where in the plan it stands, such as ``plan.yaml, line 12``, for messages.
    """

    name: str
    case: str
    parameters: dict[str, Any] = field(default_factory=dict)
    formats: tuple[str, ...] = ("html",)
    language: str = "en"
    title: str | None = None
    brand: str | None = None
    paper: str | None = None
    where: str = ""

    def as_json(self) -> str:
        """The task as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Task:
        """The task that :meth:`as_json` wrote."""
        values = json.loads(text)
        known = {item.name for item in fields(cls)}
        values = {key: value for key, value in values.items() if key in known}
        return cls(**{**values, "formats": tuple(values.get("formats", ("html",)))})
