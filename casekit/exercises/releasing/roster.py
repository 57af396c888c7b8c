"""The class: who gets a copy. Read from a sheet as Moodle, Canvas or an office exports it."""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from casekit import errors
from casekit._text import _
from casekit.errors import CasekitWarning, Problem
from casekit.exercises.authoring.seeds import normalise_id

#: Names of columns as learning platforms and offices write them, in small letters; the first found counts.
COLUMNS = {
    "student_id": (
        "student_id", "student id", "studentid", "student number", "id number", "idnumber", "sis user id",
        "学号", "学生学号", "编号", "username", "user name", "sis login id", "login", "id",
    ),
    "name": (
        "name", "full name", "fullname", "student", "student name", "display name",
        "姓名", "学生姓名", "名字",
    ),
    "first_name": ("first name", "firstname", "given name", "名"),
    "last_name": ("last name", "lastname", "surname", "family name", "姓"),
    "email": ("email", "email address", "e-mail", "mail", "邮箱", "电子邮箱", "邮件"),
    "group": ("group", "groups", "section", "class", "班级", "小组", "组别", "班"),
}  # fmt: skip

_SHORTENED = re.compile(r"\d(\.\d+)?[eE]\+\d+")

#: Rows of a Canvas export that are no students.
_NOT_STUDENTS = {"points possible", "student, test", "test student"}


@dataclass(frozen=True)
class Student:
    """One student of the roster.

    Attributes
    ----------
    student_id : str
        Normalised: half-width, without spaces, in capitals.
    name, email, group : str
        Empty if the roster does not say.
    as_written : str
        The id as the roster has it, for files that go back to the learning platform.
    row : int
        Row of the sheet.
    """

    student_id: str
    name: str = ""
    email: str = ""
    group: str = ""
    as_written: str = ""
    row: int = 0


def read_roster(path: str | Path) -> tuple[Student, ...]:
    """Read the class from a sheet.

    Parameters
    ----------
    path : path
        CSV (UTF-8 with or without a mark, UTF-16, GB18030), .xlsx or .xls with a column for the student id;
        names, e-mail and group if there are such columns. Column names of Moodle, Canvas and Chinese offices
        are known.

    Returns
    -------
    tuple of Student, in the order of the sheet

    Raises
    ------
    InputError
        If there is no id column, or ids are blank, repeated, or differ only by what a sheet loses (capitals,
        width, leading zeros). All such rows are named together.

    Warns
    -----
    CasekitWarning
        If some ids of digits are shorter than most: a sheet may have dropped their zeros.
    """
    from casekit.information.files import FileOptions, open_table

    table = open_table(Path(path), "read_roster", _known_names, FileOptions())
    places = _places(table.header)
    if "student_id" not in places:
        names = [name for name in table.header if name]
        problem = errors.must_hold(
            _("the roster must have a column with the student id"),
            got=_("columns {columns}").format(columns=errors.listing(names)),
            allowed=", ".join(COLUMNS["student_id"]),
            hint=_("name the column student_id"),
        )
        raise errors.InputError("read_roster", problem)
    students = [
        _student(row, texts, places)
        for row, texts in zip(table.cells.index, table.cells.to_numpy(), strict=True)
    ]
    students = [student for student in students if student.name.casefold() not in _NOT_STUDENTS]
    problems = _problems(students)
    if problems:
        raise errors.InputError("read_roster", problems)
    _warn_of_short_ids(students)
    return tuple(students)


def _known_names(texts: list[str]) -> int:
    known = {name for names in COLUMNS.values() for name in names}
    return sum(_plain(text) in known for text in texts)


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).casefold() if text != "student_id" else text


def _places(header: list[str]) -> dict[str, int]:
    plain = [_plain(name) for name in header]
    places = {}
    for column, names in COLUMNS.items():
        found = [plain.index(name) for name in names if name in plain]
        if found:
            places[column] = found[0]
    return places


def _student(row: int, texts: list[str], places: dict[str, int]) -> Student:
    def cell(column: str) -> str:
        return " ".join(str(texts[places[column]]).split()) if column in places else ""

    written = str(texts[places["student_id"]]).strip().lstrip("'")
    name = cell("name")
    if "first_name" in places and "last_name" in places:
        chinese = any("\u4e00" <= sign <= "\u9fff" for sign in cell("last_name"))
        parts = (
            [cell("last_name"), cell("first_name")] if chinese else [cell("first_name"), cell("last_name")]
        )
        name = ("" if chinese else " ").join(part for part in parts if part) or name
    return Student(normalise_id(written), name, cell("email"), cell("group"), written, int(row))


# -- what can be wrong -------------------------------------------------------------------------------------


def _problems(students: list[Student]) -> list[Problem]:
    problems = []
    if not students:
        return [errors.empty(_("the roster"))]
    blank = [student.row for student in students if not student.student_id]
    if blank:
        problems.append(
            errors.must_hold(_("every student must have an id"), got=_("no id"), where=errors.rows(blank))
        )
    shortened = [student for student in students if _SHORTENED.fullmatch(student.as_written)]
    if shortened:
        problems.append(
            errors.must_hold(
                _("ids must be written in full"),
                got=shortened[0].as_written,
                where=errors.rows(student.row for student in shortened),
                hint=_("in the sheet, format the column as text and type these ids again"),
            )
        )
    return problems + _repeated(students)


def _repeated(students: list[Student]) -> list[Problem]:
    """Ids that are the same, or that a sheet could have made the same."""
    problems = []
    same, alike = defaultdict(list), defaultdict(list)
    for student in students:
        if student.student_id:
            same[student.student_id].append(student)
            alike[_without_zeros(student.student_id)].append(student)
    for group in same.values():
        if len(group) > 1:
            problems.append(_twice(group))
    for group in alike.values():
        if len({student.student_id for student in group}) > 1:
            problems.append(
                errors.must_hold(
                    _("ids must differ by more than leading zeros"),
                    got=", ".join(student.as_written for student in group),
                    where=errors.rows(student.row for student in group),
                    hint=_("a sheet drops leading zeros: format the column as text and type these ids again"),
                )
            )
    return problems


def _without_zeros(student_id: str) -> str:
    return student_id.lstrip("0") if student_id.isdigit() else student_id


def _twice(group: list[Student]) -> Problem:
    written = list(dict.fromkeys(student.as_written for student in group))
    if len(written) == 1:
        hint = _("delete all rows of a student but one")
    else:
        hint = _("capitals, full-width signs and spaces do not tell two ids apart")
    return errors.must_hold(
        _("ids must not repeat"),
        got=", ".join(written),
        where=errors.rows(student.row for student in group),
        hint=hint,
    )


def _warn_of_short_ids(students: list[Student]) -> None:
    digits = [student for student in students if student.student_id.isdigit()]
    lengths = pd.Series([len(student.student_id) for student in digits], dtype=int)
    if lengths.empty:
        return
    usual = int(lengths.mode().iloc[0])
    short = [student for student in digits if len(student.student_id) < usual]
    if short and (lengths == usual).mean() > 0.5:
        warnings.warn(
            _(
                "read_roster: {where} have shorter ids than most, such as {id}: were leading zeros lost?"
            ).format(where=errors.rows(student.row for student in short), id=short[0].as_written),
            CasekitWarning,
            stacklevel=3,
        )
