"""What the last page or slide says of where a report comes from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from casekit._text import _, format_date, format_number


def origin_rows(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Names and values of the facts of a report (``metadata.casekit``), the missing ones left out.

    Examples
    --------
    >>> origin_rows({"case": "02_swot", "version": "0.1.0"})
    [('Case', '02_swot'), ('Made', 'casekit 0.1.0')]
    """
    rows = [
        (_("Case"), facts.get("case", "")),
        (_("Data"), _data(facts)),
        (_("Data fingerprint (sha256)"), facts.get("data_sha256", "")),
        (_("Notebook fingerprint (sha256)"), facts.get("notebook_sha256", "")),
        (_("Changed parameters"), _changed(facts)),
        (_("All parameters"), _parameters(facts, facts.get("parameters", {}))),
        (_("Seed"), "" if facts.get("seed") is None else str(facts["seed"])),
        (_("Made"), _made(facts)),
    ]
    return [(name, str(value)) for name, value in rows if value]


def _data(facts: Mapping[str, Any]) -> str:
    if not facts.get("data"):
        return ""
    name = str(facts["data"])
    if not facts.get("own_data"):
        name = _("{name} (shipped with casekit)").format(name=name)
    if facts.get("data_rows") is None:
        return name
    return _("{name}, {rows} rows").format(name=name, rows=format_number(facts["data_rows"], digits=0))


def _changed(facts: Mapping[str, Any]) -> str:
    if "changed" not in facts:
        return ""
    return _parameters(facts, facts["changed"]) or _("none")


def _parameters(facts: Mapping[str, Any], names: Any) -> str:
    values = facts.get("parameters", {})
    none = _("none")
    return ", ".join(f"{name} = {none if values[name] is None else values[name]}" for name in names)


def _made(facts: Mapping[str, Any]) -> str:
    day = format_date(datetime.fromisoformat(facts["created"])) if facts.get("created") else ""
    versions = [f"casekit {facts['version']}" if facts.get("version") else ""]
    versions.append(f"Python {facts['python']}" if facts.get("python") else "")
    return ", ".join(filter(None, [day, *versions]))
