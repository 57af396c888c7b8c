"""Which column of a file is which: by name, by synonym or because the user said so; never by guessing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from casekit import errors
from casekit._text import _, clauses, listed
from casekit.information.layouts import Layout
from casekit.information.policies import POLICIES
from casekit.information.reading_text import FILE_WORDS
from casekit.information.synonyms import COMMON_SYNONYMS, LAST_RESORT

#: What a user writes for a column that the file does not have (``meal=-``).
ABSENT = "-"

#: Place of a column that the user mapped and that cannot be used.
_REFUSED = -1

_UNIT = re.compile(r"[(\[【<](?P<unit>[^)\]】>]*)[)\]】>]\s*$")
_SCALED = {
    "万元": 10_000,
    "万": 10_000,
    "千元": 1_000,
    "亿元": 100_000_000,
    "百万元": 1_000_000,
    "百万": 1_000_000,
}
_BARE_UNITS = (*_SCALED, "元", "rmb", "cny", "%")


@dataclass(frozen=True)
class Match:
    """One column of the file that the case uses.

    Attributes
    ----------
    position : int
        Place in the file, from 0.
    header, canonical : str
        Name in the file and in casekit.
    how : str
        In words: the name itself, a synonym, or said by the user.
    scale : int
        What the header says the numbers are counted in: 10000 for 金额(万元).
    percent : bool
        The header says %.
    """

    position: int
    header: str
    canonical: str
    how: str
    scale: int = 1
    percent: bool = False


@dataclass
class Matching:
    """The columns found, those ignored, those that could be several things, and what stands in the way."""

    matches: dict[str, Match] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    unclear: dict[str, str] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    problems: list[errors.Problem] = field(default_factory=list)

    def table(self) -> pd.DataFrame:
        """One row a column: its name in the file, in casekit, and how they were matched."""
        rows = [(match.header, match.canonical, match.how) for match in self.matches.values()]
        rows += [
            (name, "", _("could be {names}: choose").format(names=names))
            for name, names in self.unclear.items()
        ]
        rows += [(name, "", _("ignored")) for name in self.ignored]
        rows += [("", name, _("not in the file, may be absent")) for name in self.absent]
        return pd.DataFrame(rows, columns=["column", "canonical", "how"])


def name_key(name: str) -> str:
    """A column name without case, spaces, signs and the unit in brackets.

    Examples
    --------
    >>> name_key("Customer_ID"), name_key("金额（元）"), name_key("Card No.")
    ('customerid', '金额', 'cardno')
    """
    plain = unicodedata.normalize("NFKC", name).casefold().strip()
    bare = _UNIT.sub("", plain) or plain
    return "".join(letter for letter in bare if letter.isalnum())


def known_names(layout: Layout) -> dict[str, list[str]]:
    """Canonical names by the keys under which they are known; a layout's own names hide the common ones."""
    own: dict[str, list[str]] = {}
    for column in layout.columns:
        for name in (column.name, *column.synonyms):
            _note(own, name_key(name), column.name)
    known = {key: list(names) for key, names in own.items()}
    for column in layout.columns:
        for name in (*COMMON_SYNONYMS.get(column.name, ()), *LAST_RESORT.get(column.name, ())):
            if name_key(name) not in own:
                _note(known, name_key(name), column.name)
    return known


def _is_last_resort(text: str, canonical: str) -> bool:
    return name_key(text) in {name_key(name) for name in LAST_RESORT.get(canonical, ())}


def _note(known: dict[str, list[str]], key: str, name: str) -> None:
    names = known.setdefault(key, [])
    if name not in names:
        names.append(name)


def count_known(row: list[str], layout: Layout, mapping: Mapping[str, str]) -> int:
    """How many columns of the layout the cells of a row name: tells a header from data."""
    known, said = known_names(layout), set(mapping.values())
    found = {name for cell in row for name in known.get(name_key(cell), ())} if row else set()
    return len(found) + sum(cell.strip() in said for cell in row)


def match_columns(header: list[str], layout: Layout, mapping: Mapping[str, str]) -> Matching:
    """Match the columns of a file with those of a case.

    Parameters
    ----------
    header : list of str
        Column names in the file.
    layout : Layout
        What the case reads.
    mapping : mapping of str to str
        What the user said: the column of the file for a canonical name, ``-`` for none.

    Returns
    -------
    Matching
        Its ``problems`` hold missing, ambiguous and clashing columns.
    """
    matching = Matching()
    said = _said(header, layout, mapping, matching)
    candidates = _candidates(header, layout, said)
    clashes = {
        header[place] for names in candidates.values() for place in names if _shared(candidates, place)
    }
    for column in layout.columns:
        if column.name in said:
            place = said[column.name]
            if place is None and column.required:
                matching.problems.append(_missing(layout, [column.name], header))
            elif place is not None and place != _REFUSED:
                matching.matches[column.name] = _match(header[place], place, column.name, _("you said so"))
            continue
        places = candidates[column.name]
        same = [place for place in places if name_key(header[place]) == name_key(column.name)]
        places = same if len(same) == 1 else places
        if len(places) > 1:
            matching.problems.append(_ambiguous(column.name, [header[place] for place in places]))
            matching.unclear.update(dict.fromkeys((header[place] for place in places), column.name))
        elif places and header[places[0]] not in clashes:
            how = _("the name itself") if same else _how(header[places[0]], column.name)
            matching.matches[column.name] = _match(header[places[0]], places[0], column.name, how)
    for text in sorted(clashes):
        names = [
            name for name, places in candidates.items() if any(header[place] == text for place in places)
        ]
        matching.problems.append(_clash(text, names))
        matching.unclear[text] = listed(names)
    _conclude(matching, header, layout, said, candidates)
    return matching


def _said(
    header: list[str], layout: Layout, mapping: Mapping[str, str], matching: Matching
) -> dict[str, int | None]:
    """Places in the file for the canonical names that the user mapped; None where there is none."""
    said: dict[str, int | None] = {}
    for canonical, name in mapping.items():
        if canonical not in layout.by_name:
            words = [*layout.by_name, *POLICIES, *FILE_WORDS]
            matching.problems.append(errors.unknown_name(_("a name in the reading"), canonical, words))
            continue
        said[canonical] = _REFUSED
        places = [place for place, text in enumerate(header) if text.strip() == name.strip()]
        places = places or [place for place, text in enumerate(header) if name_key(text) == name_key(name)]
        if name.strip() == ABSENT and not places:
            said[canonical] = None
        elif not places:
            matching.problems.append(errors.unknown_name(_("a column of the file"), name, header))
        elif len(places) > 1:
            matching.problems.append(_ambiguous(canonical, [header[place] for place in places]))
        elif places[0] in said.values():
            matching.problems.append(_twice(header[places[0]]))
        else:
            said[canonical] = places[0]
    return said


def _candidates(header: list[str], layout: Layout, said: Mapping[str, int | None]) -> dict[str, list[int]]:
    """Places whose name is known for each canonical name, those that the user mapped left out."""
    known = known_names(layout)
    taken = set(said.values())
    candidates: dict[str, list[int]] = {column.name: [] for column in layout.columns}
    for place, text in enumerate(header):
        if place in taken:
            continue
        key = name_key(text)
        names = known.get(key) or known.get(_without_unit(text)[0]) or []
        own = [name for name in names if name_key(name) == key]
        for name in own or names:
            if name not in said:
                candidates[name].append(place)
    for name, places in candidates.items():
        better = [place for place in places if not _is_last_resort(header[place], name)]
        candidates[name] = better or places
    return candidates


def _how(text: str, canonical: str) -> str:
    return _("a synonym, for want of a better") if _is_last_resort(text, canonical) else _("a synonym")


def _shared(candidates: Mapping[str, list[int]], place: int) -> bool:
    return sum(place in places for places in candidates.values()) > 1


def _without_unit(text: str) -> tuple[str, str]:
    """The key of a name and the unit that ends it without brackets: 金额万元 is 金额 in 万元."""
    key = name_key(text)
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    for unit in _BARE_UNITS:
        if plain.endswith(unit) and len(plain) > len(unit):
            return name_key(plain.removesuffix(unit)) or key, unit
    return key, ""


def _match(header: str, place: int, canonical: str, how: str) -> Match:
    plain = unicodedata.normalize("NFKC", header).casefold().strip()
    bracket = _UNIT.search(plain)
    unit = bracket["unit"].strip() if bracket else _without_unit(header)[1]
    return Match(place, header, canonical, how, _SCALED.get(unit.replace(" ", ""), 1), "%" in unit)


def _conclude(
    matching: Matching,
    header: list[str],
    layout: Layout,
    said: Mapping[str, int | None],
    candidates: Mapping[str, list[int]],
) -> None:
    """Name what is missing and what is ignored."""
    used = {match.position for match in matching.matches.values()}
    matching.ignored = [
        text or _("(column {number} without a name)").format(number=place + 1)
        for place, text in enumerate(header)
        if place not in used and text not in matching.unclear
    ]
    open_names = [
        column.name
        for column in layout.columns
        if column.name not in matching.matches and column.name not in said and not candidates[column.name]
    ]
    missing = [name for name in open_names if layout.by_name[name].required]
    matching.absent = [
        column.name
        for column in layout.columns
        if not column.required and column.name not in matching.matches and not candidates[column.name]
    ]
    if missing:
        matching.problems.append(_missing(layout, missing, header))


# -- problems --------------------------------------------------------------------------------------------


def _missing(layout: Layout, missing: list[str], header: list[str]) -> errors.Problem:
    names = [_names_of(layout, name) for name in missing]
    return errors.must_hold(
        _("the file must have the columns {columns}").format(columns=errors.listing(missing)),
        got=_("columns {columns}").format(columns=errors.listing(header) or _("none")),
        allowed=clauses(*names),
        hint=_("say which one it is: {name}={column} (on the command line --map {name}={column})").format(
            name=missing[0], column=_near(layout, missing[0], header)
        ),
    )


def _names_of(layout: Layout, name: str) -> str:
    known = [name, *layout.by_name[name].synonyms, *COMMON_SYNONYMS.get(name, ())]
    return _("{name} under the names {names}").format(name=name, names=errors.listing(dict.fromkeys(known)))


def _near(layout: Layout, name: str, header: list[str]) -> str:
    for known in (name, *layout.by_name[name].synonyms, *COMMON_SYNONYMS.get(name, ())):
        near = errors.closest(known, header)
        if near:
            return near
    return _("COLUMN")


def _ambiguous(canonical: str, names: list[str]) -> errors.Problem:
    return errors.must_hold(
        _("one column must be {name}").format(name=canonical),
        got=_("{count} that could be: {names}").format(count=len(names), names=errors.listing(names)),
        hint=_("choose: {name}={column} (on the command line --map {name}={column})").format(
            name=canonical, column=names[-1]
        ),
    )


def _clash(text: str, names: list[str]) -> errors.Problem:
    return errors.must_hold(
        _("a column of the file must stand for one thing"),
        got=_("{column!r}, which could be {names}").format(column=text, names=errors.listing(names)),
        hint=_("choose: {name}={column} (on the command line --map {name}={column})").format(
            name=names[0], column=text
        ),
    )


def _twice(text: str) -> errors.Problem:
    return errors.must_hold(
        _("a column of the file must stand for one thing"),
        got=_("{column!r} mapped twice").format(column=text),
        hint=_("map each column of the file once"),
    )
