"""Sixty students of one exercise: who they are, what they hand in, and the marks that must come out.

A script plays the students: it opens the zip that was released to each, fills in the notebook in it, and
packs what they hand in as Moodle does. Nothing here knows an answer: solutions and traps are code of
``exercise.py``, run by the student's own notebook on the student's own data.
"""

from __future__ import annotations

import ast
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casekit.exercises.authoring.source import Exercise
from support.classroom import add_link, code_cell

Notebook = dict[str, Any]

#: Names that a spreadsheet, a page or a shell could trip over, and ordinary ones.
NAMES = (
    '<b onload="alert(1)">Eve</b>', '=HYPERLINK("http://192.0.2.1","open")', "@SUM(1;=2)", "王小明",
    "欧阳 娜娜", "José Núñez", "Ann O'Neil", "Bo Li", "Bo Li", "Chiara d'Angelo-Fröhlich", "李伟", "张敏",
    "Kofi Mensah",
    "Priya Raghunathan", "Nguyễn Văn An", "Ольга Петрова", "陈静", "刘洋", "Sam Smith", "Zoë Quinn",
)  # fmt: skip


@dataclass
class Student:
    """One student of the class.

    Attributes
    ----------
    kind : str
        What this student is an example of.
    edit : callable, optional
        Fills in the released notebook; None hands nothing in.
    full : set of str
        Questions that must earn all their points.
    traps : dict
        Question -> name of the trap that must be recognised.
    memo : bool
        A text waits to be marked by hand.
    status : str
    says : str
        Words that repairs, notes, errors or statuses of answers must hold.
    files : callable, optional
        ``files(student, notebook, others)`` gives names and contents instead of one notebook.
    """

    kind: str
    edit: Callable[[Notebook], None] | None
    full: set[str] = field(default_factory=set)
    traps: dict[str, str] = field(default_factory=dict)
    memo: bool = False
    status: str = "ok"
    says: str = ""
    files: Callable[[Student, Notebook, dict[str, Notebook]], list[tuple[str, Any]]] | None = None
    student_id: str = ""
    name: str = ""
    number: int = 0

    def points(self, exercise: Exercise) -> dict[str, float]:
        """The intended points of each question, before texts are marked."""
        credit = {
            question.id: next(trap.credit for trap in question.traps if trap.name == self.traps[question.id])
            for question in exercise.questions
            if question.id in self.traps
        }
        return {
            question.id: question.points * (1.0 if question.id in self.full else credit.get(question.id, 0.0))
            for question in exercise.questions
        }


# -- filling in --------------------------------------------------------------------------------------------


def solve(exercise: Exercise, *questions: str) -> Callable[[Notebook], None]:
    """Fill in the solutions of these questions (all, if none is named)."""
    wanted = questions or tuple(question.id for question in exercise.questions)
    sources = {
        cell.question.id: cell.source
        for cell in exercise.cells
        if cell.role == "solution" and cell.question is not None
    }

    def edit(notebook: Notebook) -> None:
        for id in wanted:
            answer = exercise.question(id).answer
            cell_of(notebook, id)["source"] = f'{sources[id]}\ncheck("{id}", {answer})'

    return edit


def cell_of(notebook: Notebook, question: str) -> dict[str, Any]:
    """The code cell that checks a question."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and f'check("{question}"' in "".join(cell["source"]):
            return cell
    raise AssertionError(question)


def also(*steps: Callable[[Notebook], None]) -> Callable[[Notebook], None]:
    """Several steps one after the other."""

    def edit(notebook: Notebook) -> None:
        for step in steps:
            step(notebook)

    return edit


def add(source: str) -> Callable[[Notebook], None]:
    """A code cell at the end."""
    return lambda notebook: notebook["cells"].append(code_cell(source))


def traps_of(exercise: Exercise) -> dict[str, list[tuple[str, str]]]:
    """Of every question its traps in order: name, and code that computes the wrong answer."""
    tree = ast.parse(exercise.path.read_text(encoding="utf-8"))
    found: dict[str, list[tuple[str, str]]] = {}
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and getattr(call.func, "id", "") == "question"):
            continue
        traps = [item for item in ast.walk(call) if getattr(getattr(item, "func", None), "id", "") == "Trap"]
        found[call.args[0].value] = [(trap.args[0].value, _code(trap.args[1])) for trap in traps]
    return found


def _code(formula: ast.expr) -> str:
    if isinstance(formula, ast.Constant):
        return formula.value
    names = ", ".join(argument.arg for argument in formula.args.args)
    return f"({ast.unparse(formula)})({names})"


def author_functions(exercise: Exercise) -> str:
    """Functions of the author that formulas of traps call."""
    tree = ast.parse(exercise.path.read_text(encoding="utf-8"))
    kept = [item for item in tree.body if isinstance(item, ast.FunctionDef) and item.name.endswith("_by")]
    return "\n\n".join(ast.unparse(item) for item in kept)


def trapped(exercise: Exercise, place: int) -> tuple[Callable[[Notebook], None], dict[str, str]]:
    """Right everywhere, then the trap in this place of every question that has so many."""
    lines, names = [author_functions(exercise)], {}
    for question, traps in traps_of(exercise).items():
        if place < len(traps):
            names[question], formula = traps[place]
            lines.append(f"wrong_{len(names)} = {formula}")
    answers = [exercise.question(question).answer for question in names]
    lines += [f"{answer} = wrong_{number}" for number, answer in enumerate(answers, 1)]
    return also(solve(exercise), add("\n".join(lines))), names


# -- the class ---------------------------------------------------------------------------------------------

#: Code that means harm, each in a notebook that answers nothing else.
HARM = {
    "infinite loop": ("while True: pass", "timed out", "longer"),
    "fork bomb": ("import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass",
                  "timed out", "other programs"),
    "memory bomb": ("kept = []\nwhile True:\n    kept.append(bytearray(50_000_000))",
                    "out of memory", "memory"),
    "disk filler": ("with open('/tmp/f', 'wb') as file:\n    while True:\n        file.write(bytes(10**6))",
                    "ok", "OSError"),
    "os._exit": ("import os\nos._exit(0)", "crashed", "before"),
    "kills its parent": ("import os\nfor pid in (os.getppid(), 1, -1):\n    try:\n        os.kill(pid, 9)\n"
                         "    except OSError:\n        pass", "ok", "end other processes"),
    "looks for roster and key": ("import os\nfor name in ('course.key', 'class.csv'):\n"
                                 "    try:\n        open(os.path.join(HIDDEN, name)).read()\n"
                                 "    except OSError:\n        os.listdir('/home')", "ok", "looked for"),
    "opens the network": ("import urllib.request\nurllib.request.urlopen('http://192.0.2.1/', timeout=2)",
                          "ok", "network"),
    "overwrites check": ("def check(*anything):\n    return True", "ok", "replaced parts"),
    "patches NumPy": ("import numpy as np\nnp.isclose = lambda *a, **k: True\nlift = 1",
                      "ok", "replaced parts"),
    "equals everything": ("class Everything:\n    def __eq__(self, other): return True\n"
                          "    def __float__(self): return 1.0\n    __hash__ = None\n"
                          "visits_a_month = per_head = effect = lift = Everything()", "ok", "wrong type"),
    "not a number": ("visits_a_month = per_head = effect = lift = float('nan')", "ok", "wrong"),
    "a lambda": ("visits_a_month = per_head = effect = lift = lambda: 1", "ok", "wrong type"),
    "prints a fake mark": ('print(\'{"question": "3.1", "points": 2, "status": "right"}\\nScore: 40/40\')',
                           "ok", "looks like a mark"),
    "200 MB of output": ("for _ in range(200):\n    print('x' * 1_000_000)", "ok", "printed more"),
}  # fmt: skip


def make_class(exercise: Exercise, hidden: str) -> list[Student]:
    """The sixty, in the order of the roster."""
    ids = [question.id for question in exercise.questions]
    checked = [question.id for question in exercise.questions if question.kind != "free_text"]
    everything = solve(exercise)
    whole: dict[str, Any] = {"edit": everything, "full": set(checked), "memo": True}
    made = [Student("right", **whole) for _place in range(13)]
    half = checked[: len(checked) // 2]
    made += [Student("half right", solve(exercise, *half), full=set(half)) for _place in range(7)]
    for place in range(max(map(len, traps_of(exercise).values()))):
        edit, names = trapped(exercise, place)
        made += [Student(f"trap {place}", edit, set(checked) - set(names), names, memo=True)] * 2
    made = [Student(**vars(student)) for student in made]
    made.append(_percent(exercise, checked))
    made += [
        Student(name, add(code.replace("HIDDEN", repr(hidden))), status=status, says=says)
        for name, (code, status, says) in HARM.items()
    ]
    made += [
        Student("loops after three answers", also(solve(exercise, *ids[:3]), add("while True: pass")),
                full=set(ids[:3]), status="timed out", says="earlier answers count"),
        Student("not handed in", None, status="not handed in"),
        Student("not handed in", None, status="not handed in"),
        Student("renamed, metadata lost", files=_renamed, says="matched by its name", **whole),
        Student("edits its metadata", files=_edited, says="one of them was edited", **whole),
        Student("borrowed", everything, files=_borrowed, status="wrong student", says="the copy of"),
        Student("deleted and moved cells", also(everything, _muddled), set(checked), memo=True,
                says="put back"),
        Student("two attempts", files=_twice, says="was not graded", **whole),
        Student("invalid JSON", everything, files=_broken, status="unreadable", says="not JSON"),
        Student("zip slip", everything, files=_slip, status="unreadable", says="zip slip"),
        Student("symlink", everything, files=lambda *_: [], status="unreadable", says="link to another"),
    ]  # fmt: skip
    made.append(Student("nothing filled in", lambda notebook: None))
    while len(made) < 60:
        made.insert(0, Student("right", **whole))
    for number, student in enumerate(made):
        student.number = number
        student.student_id = f"{20260000 + number:010}"
        student.name = NAMES[number] if number < len(NAMES) else f"Student {number}"
    return made


def _percent(exercise: Exercise, checked: list[str]) -> Student:
    """A share as a percentage and an amount with the wrong sign: wrong, with a sentence that says so."""
    slips = "share_of_chosen = share_of_chosen * 100\neffect = -effect"
    return Student(
        "wrong scale and sign", also(solve(exercise), add(slips)), set(checked) - {"3.5", "3.9"}, memo=True,
        says="not a percentage",
    )  # fmt: skip


def _muddled(notebook: Notebook) -> None:
    """The cell of the third question before that of the second, a given cell deleted, one answered twice."""
    cells = notebook["cells"]
    places = [number for number, cell in enumerate(cells) if cell["cell_type"] == "code"]
    third, second = (cells.index(cell_of(notebook, id)) for id in ("3.3", "3.2"))
    given = next(place for place in places if "by_month = " in "".join(cells[place]["source"]))
    cells[third], cells[second] = cells[second], cells[third]
    del cells[given]


def path_of(student: Student, name: str = "03_loyalty_tiers.ipynb") -> str:
    """Where Moodle puts a student's file in its zip; it takes slashes out of names."""
    plain = student.name.replace("/", "").replace("_", " ")
    return f"{plain}_{4000 + student.number}_assignsubmission_file_/{name}"


def _renamed(student: Student, notebook: Notebook, _others: dict[str, Notebook]) -> list[tuple[str, Any]]:
    notebook["metadata"] = {}
    notebook["cells"] = [cell for cell in notebook["cells"] if "open_exercise" not in "".join(cell["source"])]
    return [(path_of(student, "final FINAL (2).ipynb.txt"), notebook)]


def _edited(student: Student, notebook: Notebook, others: dict[str, Notebook]) -> list[tuple[str, Any]]:
    victim = next(iter(others.values()))
    notebook["metadata"]["casekit"]["student"] = victim["metadata"]["casekit"]["student"]
    return [(path_of(student), notebook)]


def _borrowed(student: Student, _own: Notebook, others: dict[str, Notebook]) -> list[tuple[str, Any]]:
    return [(path_of(student), next(iter(others.values())))]


def _twice(student: Student, notebook: Notebook, _others: dict[str, Notebook]) -> list[tuple[str, Any]]:
    first = json.loads(json.dumps(notebook))
    cell_of(first, "3.1")["source"] = 'visits_a_month = 1\ncheck("3.1", visits_a_month)'
    names = ("03_loyalty_tiers.ipynb", "03_loyalty_tiers-1.ipynb")
    return [(path_of(student, name), made) for name, made in zip(names, (first, notebook), strict=True)]


def _broken(student: Student, _own: Notebook, _others: dict[str, Notebook]) -> list[tuple[str, Any]]:
    return [(path_of(student), b'{"cells": [' + b"[" * 100_000)]


def _slip(student: Student, notebook: Notebook, _others: dict[str, Notebook]) -> list[tuple[str, Any]]:
    return [(path_of(student, "../../../evil.ipynb"), notebook)]


# -- files -------------------------------------------------------------------------------------------------


def write_roster(students: list[Student], path: Path) -> Path:
    """The class as a sheet; names are quoted as a spreadsheet would."""
    import csv

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["student_id", "name", "email"])
        for student in students:
            writer.writerow([student.student_id, student.name, f"s{student.number}@example.org"])
    return path


def hand_in(students: list[Student], handout: Path, path: Path) -> Path:
    """Fill in the released notebooks and pack what is handed in as Moodle's "download all"."""
    filled: dict[str, Notebook] = {}
    for student in students:
        notebook = _released(handout / f"{student.student_id}.zip")
        if student.edit is not None:
            student.edit(notebook)
            filled[student.student_id] = notebook
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for student in students:
            if student.student_id not in filled:
                continue
            files = student.files or (lambda student, notebook, _others: [(path_of(student), notebook)])
            for name, content in files(student, filled[student.student_id], filled):
                archive.writestr(name, json.dumps(content) if isinstance(content, dict) else content)
    for student in students:
        if student.kind == "symlink":
            add_link(path, path_of(student), "/etc/passwd")
    return path


def _released(path: Path) -> Notebook:
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("03_loyalty_tiers/03_loyalty_tiers.ipynb"))
