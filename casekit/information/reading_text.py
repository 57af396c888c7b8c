"""How to read a file, written as one line: ``amount=实付金额; refunds=drop; sheet=2024``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from casekit import errors
from casekit._text import _
from casekit._validate import Check
from casekit.information.dates import ORDERS
from casekit.information.files import FileOptions
from casekit.information.policies import POLICIES

#: Words that say how to open the file; all other names before ``=`` are columns of the case or policies.
FILE_WORDS = ("sheet", "encoding", "separator", "header", "dates")

_PART = re.compile(r'\s*(?P<name>[^=;"]+?)\s*=\s*(?P<value>"(?:[^"]|"")*"|[^;"]*)\s*(?:;|$)')
_SEPARATOR_WORDS = {"tab": "\t", "comma": ",", "semicolon": ";", "bar": "|"}


@dataclass(frozen=True)
class Reading:
    """How a client's file is to be read.

    Attributes
    ----------
    mapping : dict of str to str
        Column of the file by canonical name; ``-`` for "the file has none".
    policies : dict of str to str
        ``refunds``, ``duplicates``, ``missing_ids``, ``future_dates``, where said.
    file : FileOptions
        Encoding, separator, sheet and header row, where said.
    dates : str
        ``dmy``, ``mdy`` or ``ymd``, or empty.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    policies: Mapping[str, str] = field(default_factory=dict)
    file: FileOptions = field(default_factory=FileOptions)
    dates: str = ""


def parse_reading(text: str | None) -> Reading:
    """Understand a line that says how to read a file.

    Parameters
    ----------
    text : str or None
        Parts ``name=value`` with semicolons between them. ``name`` is a column of the case (the value is its
        name in the file, ``-`` for none), a policy (``refunds``, ``duplicates``, ``missing_ids``,
        ``future_dates``), or ``sheet``, ``encoding``, ``separator``, ``header`` (row number), ``dates``
        (``dmy``, ``mdy``, ``ymd``). A value with a semicolon or quotation mark stands in ``"…"``.

    Returns
    -------
    Reading

    Raises
    ------
    InputError
        Naming each part that cannot be understood.

    Examples
    --------
    >>> reading = parse_reading("amount=实付金额; refunds=drop")
    >>> reading.mapping, reading.policies
    ({'amount': '实付金额'}, {'refunds': 'drop'})
    """
    check = Check("parse_reading")
    parts = _parts(
        ("" if text is None else check.text("text", text)).translate(str.maketrans("；＝", ";=")), check
    )
    mapping = {name: value for name, value in parts.items() if name not in (*POLICIES, *FILE_WORDS)}
    policies = {name: check.choice(name, parts[name], POLICIES[name]) for name in POLICIES if name in parts}
    if "dates" in parts:
        check.choice("dates", parts["dates"], ORDERS)
    reading = Reading(mapping, policies, _file_options(parts, check), parts.get("dates", ""))
    check.done()
    return reading


def _parts(text: str, check: Check) -> dict[str, str]:
    parts: dict[str, str] = {}
    place = 0
    while place < len(text.rstrip(" ;")):
        part = _PART.match(text, place)
        if part is None or not part["value"].strip():
            got = text[place:].split(";")[0].strip()
            check.add(
                errors.must_hold(
                    _("each part of a reading must say name=value"),
                    got=repr(got),
                    hint="amount=实付金额; refunds=drop",
                )
            )
            break
        value = part["value"].strip()
        value = value[1:-1].replace('""', '"') if value.startswith('"') else value
        if part["name"] in parts:
            check.add(errors.not_unique(_("a name in a reading"), [part["name"]]))
        parts[part["name"]] = value
        place = part.end()
    return parts


def _file_options(parts: Mapping[str, str], check: Check) -> FileOptions:
    header = parts.get("header", "")
    if header and not (header.isdigit() and int(header) > 0):
        check.add(errors.wrong_type("header", _("a row number"), header, "header=3"))
        header = ""
    separator = parts.get("separator", "")
    separator = _SEPARATOR_WORDS.get(separator.lower(), separator)
    if len(separator) > 1:
        check.add(errors.unknown_name("separator", separator, list(_SEPARATOR_WORDS)))
        separator = ""
    return FileOptions(parts.get("encoding", ""), separator, parts.get("sheet", ""), int(header or 0))


def format_reading(reading: Reading) -> str:
    """The line that :func:`parse_reading` understands as this reading.

    Examples
    --------
    >>> format_reading(parse_reading("refunds=drop;amount = 实付金额 ; header=3"))
    'amount=实付金额; refunds=drop; header=3'
    """
    words = {value: word for word, value in _SEPARATOR_WORDS.items()}
    options = {
        "sheet": reading.file.sheet,
        "encoding": reading.file.encoding,
        "separator": words.get(reading.file.separator, reading.file.separator),
        "header": str(reading.file.header or ""),
        "dates": reading.dates,
    }
    parts = {**reading.mapping, **reading.policies, **{name: text for name, text in options.items() if text}}
    return "; ".join(f"{name}={_quoted(value)}" for name, value in parts.items())


def _quoted(value: str) -> str:
    plain = not re.search(r'[;"；＝]', value) and value == value.strip()
    return value if plain else '"' + value.replace('"', '""') + '"'
