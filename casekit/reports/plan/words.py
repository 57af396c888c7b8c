"""Languages and formats as people write them."""

from __future__ import annotations

import re

from casekit import errors
from casekit._text import _
from casekit.reports.brand import PAPERS
from casekit.reports.plan.draft import Problems, Said
from casekit.reports.task import LANGUAGES

_LANGUAGES = {
    "en": "en",
    "english": "en",
    "英文": "en",
    "英语": "en",
    "zh": "zh_CN",
    "zh_cn": "zh_CN",
    "chinese": "zh_CN",
    "中文": "zh_CN",
}
#: What a plan says for "none".
NONE = ("", "none", "无")

_BETWEEN = re.compile(r"[,;，；、\s]+")


def read_language(said: Said | None, problems: Problems) -> str:
    """``en`` or ``zh_CN``, from the ways in which people write them."""
    if said is None or not said.value:
        return "en"
    language = _LANGUAGES.get(said.value.strip().lower().replace("-", "_"))
    if language is None:
        problems.add(errors.unknown_name(_("language"), said.value, LANGUAGES), said.place)
    return language or "en"


def read_formats(said: Said | None, problems: Problems) -> tuple[str, ...]:
    """Names of formats, each once, in the order in which they were written."""
    from casekit.reports.formats import FORMATS

    if said is None or not said.value:
        return ("html",)
    words = [word for word in _BETWEEN.split(said.value.lower()) if word]
    for word in words:
        if word not in FORMATS:
            problems.add(errors.unknown_name(_("format"), word, list(FORMATS)), said.place)
    return tuple(dict.fromkeys(word for word in words if word in FORMATS)) or ("html",)


def read_paper(said: Said | None, problems: Problems) -> str | None:
    """``a4`` or ``letter`` in any letters; None where the brand decides."""
    if said is None or not said.value or said.value.strip().lower() in NONE:
        return None
    paper = said.value.strip().lower()
    if paper not in PAPERS:
        problems.add(errors.unknown_name(_("paper"), said.value, list(PAPERS)), said.place)
        return None
    return paper
