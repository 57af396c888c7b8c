"""A course's folder: its name, and the key from which every student's data follows."""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path

from casekit import errors
from casekit._text import _
from casekit.exercises.authoring.seeds import student_seed, student_token

#: The files of a course's folder; the key and the rosters belong to nobody but the instructor.
SETTINGS, KEY, IGNORED = "course.toml", "course.key", ".gitignore"


@dataclass(frozen=True)
class Course:
    """One course.

    Attributes
    ----------
    folder : Path
    name : str
        Goes into every seed: the same student has other data in another course.
    key : bytes
        The secret; whoever has it can make every student's data.
    """

    folder: Path
    name: str
    key: bytes

    @classmethod
    def load(cls, folder: str | Path) -> Course:
        """The course in a folder.

        Raises
        ------
        InputError
            If the folder holds no course, or its key is missing or damaged.
        """
        folder = Path(folder)
        settings, key = folder / SETTINGS, folder / KEY
        if not settings.is_file() or not key.is_file():
            problem = errors.must_hold(
                _("the folder of a course must hold {settings} and {key}").format(settings=SETTINGS, key=KEY),
                got=str(folder),
                hint=_("the first casekit exercises release makes both; keep a copy of the key"),
            )
            raise errors.InputError("Course.load", problem)
        return cls(folder, _name(settings), _key(key))

    @classmethod
    def open(cls, folder: str | Path, *, name: str | None = None) -> Course:
        """The course in a folder, made there if it does not exist yet."""
        folder = Path(folder)
        if not (folder / SETTINGS).is_file() and not (folder / KEY).is_file():
            _make(folder, name or folder.resolve().name)
        return cls.load(folder)

    def seed(self, exercise: str, student_id: str) -> int:
        """The seed of one student's data in one exercise."""
        return student_seed(self.key, self.name, exercise, student_id)

    def token(self, exercise: str, student_id: str) -> str:
        """What names one student's copy of one exercise."""
        return student_token(self.key, self.name, exercise, student_id)


def _make(folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    (folder / SETTINGS).write_text(f'name = "{quoted}"\n', encoding="utf-8")
    (folder / IGNORED).write_text("*\n", encoding="utf-8")
    handle = os.open(folder / KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")


def _name(path: Path) -> str:
    try:
        name = tomllib.loads(path.read_text(encoding="utf-8")).get("name")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        name = None
    if not isinstance(name, str) or not name.strip():
        problem = errors.must_hold(
            _("{file} must give the course a name").format(file=SETTINGS),
            got=str(path),
            hint='name = "CRM 2026"',
        )
        raise errors.InputError("Course.load", problem)
    return name


def _key(path: Path) -> bytes:
    text = path.read_text(encoding="ascii", errors="replace").strip()
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        problem = errors.must_hold(
            _("{file} must hold the key that casekit wrote").format(file=KEY),
            got=_("{count} letters").format(count=len(text)),
            hint=_("restore it from your copy: with another key every student has other data"),
        )
        raise errors.InputError("Course.load", problem)
    return key
