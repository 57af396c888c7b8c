"""A graded class as files, for tests of what comes out: nothing is run, every mark can be read here."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from casekit.exercises.grading.graded import Graded, write_graded
from casekit.exercises.grading.score import Mark
from casekit.exercises.marking.results import Results, read_results
from casekit.exercises.releasing.roster import Student
from support.classroom import small_exercise

QUESTIONS = ("9.1", "9.2", "9.3", "9.4", "9.5")
MEMO = "Look after Ann: she brings the largest share of the money, and a call costs little."


def mark(question: str, status: str, points: float = 0.0, trap: str | None = None) -> Mark:
    """A mark out of 2; sentences name the question."""
    idea = "Mean" if trap else ""
    return Mark(question, points, 2.0, status, trap, f"Sentence {question} {status}.", idea)


def graded(number: int, name: str, marks: str, *, status: str = "ok", **facts: Any) -> Graded:
    """A student; ``marks`` has one letter a question: Right, Trap (half the points), Wrong, Missing, Hand."""
    letters = {
        "R": ("right", 2.0, None),
        "T": ("trap", 1.0, "median"),
        "W": ("wrong", 0.0, None),
        "M": ("missing", 0.0, None),
        "H": ("by hand", 0.0, None),
    }
    made = [mark(question, *letters[letter]) for question, letter in zip(QUESTIONS, marks, strict=True)]
    student = Student(f"S{number:02}", name, f"s{number}@example.org", as_written=f"s{number:02}")
    texts = {"9.5": facts.pop("memo", f"{MEMO} ({number})")} if marks.endswith("H") else {}
    upload = (
        f"{name}_{700 + number}_assignsubmission_file_/90_small.ipynb" if status != "not handed in" else ""
    )
    facts = {"upload": upload, "box": "bubblewrap", "answers": {"9.1": 123.456}, **facts}
    return Graded(student, "90_small", status, marks=tuple(made), free_text=texts, **facts)


#: Eight students; each is there for something.
CLASS = (
    graded(1, "Ann Lee", "RRRRH"),
    graded(2, "李伟", "TRRRH", repairs=("The notebook had been renamed.",)),
    graded(3, '<b onload="alert(1)">Eve</b>', "TWWMM", errors=((3, "NameError: <i>x</i>"),)),
    graded(4, '=HYPERLINK("http://192.0.2.1")', "WMMMM", status="timed out"),
    graded(5, "Bo Li", "MMMMM", status="wrong student", notes=("It is the copy of S01 Ann Lee.",)),
    graded(6, "Bo Li", "MMMMM", status="not handed in"),
    graded(7, "Zoë Ü", "RRWRH", late=True),
    graded(8, "陈静", "RRRRH", notes=("=cmd|' /C calc'!A0",)),
)


def write_class(folder: Path, students: tuple[Graded, ...] = CLASS, **summary: Any) -> Path:
    """The folder that grading writes."""
    files = [item.student.student_id for item in students]
    content = {
        "exercise": "90_small",
        "course": "CRM 2026",
        "box": "bubblewrap",
        "isolation": "Each submission ran in a box.",
        "limits": {"seconds": 60, "cpu_seconds": 40, "memory": 2e9, "processes": 48, "disk": 64e6},
        "casekit": "0.1.0",
        "graded_at": "2026-03-01T10:00",
        "students": files,
        "unmatched": [{"path": "=who.ipynb", "why": "nobody"}],
        **summary,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "grading.json").write_text(json.dumps(content), encoding="utf-8")
    for item, file in zip(students, files, strict=True):
        write_graded(item, folder / "graded" / f"{file}.json")
    return folder


def class_results(folder: Path, students: tuple[Graded, ...] = CLASS, **summary: Any) -> Results:
    """The class, written and read back."""
    return read_results(write_class(folder, students, **summary), exercise=small_exercise())


def big_class(count: int) -> tuple[Graded, ...]:
    """Students of whom the better ones are right more often, but for 9.4, where it is the other way round."""
    students = []
    for number in range(1, count + 1):
        good = [number > count * share for share in (0.2, 0.4, 0.6)]
        letters = "".join("R" if right else "W" for right in good) + ("W" if number > count / 2 else "R")
        students.append(replace(graded(number, f"N{number}", letters + "M")))
    return tuple(students)
