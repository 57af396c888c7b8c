"""What Moodle or Canvas makes of "download all submissions", or a folder: every file found, none trusted.

Nothing is unpacked to disk and no name out of an archive is ever used as a path. What is not read is
reported.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from casekit import errors
from casekit._text import _
from casekit.exercises.grading.repair import LARGEST

#: Limits of an upload: files, bytes once unpacked, how much smaller a file may be packed, zips within zips.
MOST_FILES = 20_000
MOST_BYTES = 2_000_000_000
HIGHEST_RATIO = 200
DEEPEST = 3

#: Ends of names that a browser or a learning platform makes of a notebook.
NOTEBOOKS = (".ipynb", ".ipynb.txt", ".ipynb.json", ".json")

#: Comes with every copy and with every system, and is no answer.
_OURS = ("exercise.json", "released.csv")
_LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints", "__pycache__", ".git")

#: Of a folder; older Moodles end it in an underscore, and without folders the file's name follows.
_MOODLE = re.compile(
    r"(?P<name>.{1,200}?)_(?P<id>\d{1,12})_assignsubmission_(?P<kind>[a-z]+)(_(?P<file>.*))?", re.S
)
_CANVAS = re.compile(
    r"(?P<name>[^_/]{1,100})_(?:(?P<late>LATE)_)?(?P<id>\d{1,12})_(?P<submission>\d{1,14})_(?P<file>.+)", re.S
)
_COPY = re.compile(r"([\s_-]*(\(\d{1,3}\)|（\d{1,3}）|copy\d{0,3}|副本))+$", re.I)
_AGAIN = re.compile(r"-(?P<number>\d{1,3})(?=(\.[A-Za-z]{1,6}){1,2}$)")


@dataclass(frozen=True)
class Upload:
    """One notebook that was handed in.

    Attributes
    ----------
    path : str
        Where it was found, to show only; the student chose it.
    said : str
        What the learning platform or the folder says of whose it is.
    sender : str
        Tells senders apart: ``canvas 81``, ``moodle 4711``, or the name of a folder or file.
    content : bytes
    attempt : tuple
        Sorts several of one student, the newest last.
    late : bool
    repairs : tuple of str
    """

    path: str
    said: str
    sender: str
    content: bytes
    attempt: tuple[float, ...] = ()
    late: bool = False
    repairs: tuple[str, ...] = ()

    @property
    def platform(self) -> bool:
        """True if the path is one that Moodle or Canvas makes."""
        return self.sender.startswith(("canvas ", "moodle "))


@dataclass(frozen=True)
class Left:
    """A file that was not read, and why."""

    path: str
    said: str
    why: str
    hostile: bool = False


@dataclass
class Uploads:
    """All that an upload holds: notebooks, and what was left."""

    found: list[Upload] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    files: int = 0
    bytes: int = 0


def read_uploads(path: str | Path) -> Uploads:
    """Find every notebook in a zip or a folder.

    Parameters
    ----------
    path : path
        The zip that Moodle or Canvas makes, one of zips, a folder of either, or one notebook.

    Returns
    -------
    Uploads

    Raises
    ------
    InputError
        If there is no such file, or it is neither a zip, a folder nor a notebook.
    """
    path = Path(path)
    uploads = Uploads()
    if path.is_dir():
        _folder(path, uploads)
    elif path.is_file() and zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            _archive(stream, "", uploads, 0)
    elif path.is_file() and path.name.lower().endswith(NOTEBOOKS):
        _file(path.name, path.read_bytes(), path.stat().st_mtime, uploads, 0)
    else:
        problem = errors.must_hold(
            _("the uploads must be a zip, a folder or a notebook"),
            got=str(path),
            hint=_("download all submissions from Moodle or Canvas and give the zip as it is"),
        )
        raise errors.InputError("grade", problem)
    return uploads


# -- folders and archives ----------------------------------------------------------------------------------


def _folder(folder: Path, uploads: Uploads) -> None:
    for above, names, files in os.walk(folder, followlinks=False):
        names.sort()
        for name in [*names, *sorted(files)]:
            path = Path(above, name)
            shown = path.relative_to(folder).as_posix()
            if path.is_symlink():
                _leave(uploads, shown, _("a link to another place, which was not followed"), hostile=True)
            elif name in files and not path.is_file():
                _leave(uploads, shown, _("no ordinary file"), hostile=True)
            elif name in files and not _is_litter(shown):
                if path.stat().st_size > LARGEST and not zipfile.is_zipfile(path):
                    _leave(uploads, shown, _("larger than {size} MB").format(size=LARGEST // 1_000_000))
                else:
                    _file(shown, path.read_bytes(), path.stat().st_mtime, uploads, 0)


def _archive(stream: io.BufferedIOBase | io.BufferedReader, above: str, uploads: Uploads, depth: int) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            for entry in archive.infolist():
                shown = f"{above}{entry.filename}"
                if entry.is_dir() or _is_litter(shown):
                    continue
                uploads.files += 1
                if uploads.files > MOST_FILES:
                    _leave(
                        uploads, above or shown, _("more than {count} files").format(count=MOST_FILES), True
                    )
                    return
                why = _suspicious(entry)
                if why:
                    _leave(uploads, shown, why, hostile=True)
                else:
                    _entry(archive, entry, shown, uploads, depth)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        _leave(uploads, above.rstrip("/") or _("the zip"), _("a damaged zip"))


def _suspicious(entry: zipfile.ZipInfo) -> str:
    """Why an entry is not read, or an empty text."""
    name = entry.orig_filename.replace("\\", "/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in PurePosixPath(name).parts:
        return _("a name that leads out of the upload (zip slip)")
    if "\0" in name:
        return _("a name with a zero byte")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _("a link to another place, which was not followed")
    if entry.flag_bits & 1:
        return _("protected with a password")
    if entry.file_size > 1_000_000 and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        return _("packed more than {ratio} times (zip bomb)").format(ratio=HIGHEST_RATIO)
    return ""


def _entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str, uploads: Uploads, depth: int
) -> None:
    most = LARGEST if not entry.filename.lower().endswith(".zip") else 10 * LARGEST
    with archive.open(entry) as stream:  # what the header says of the size is not trusted
        content = stream.read(most + 1)
    uploads.bytes += len(content)
    if len(content) > most or uploads.bytes > MOST_BYTES:
        _leave(uploads, shown, _("larger than {size} MB").format(size=most // 1_000_000), hostile=True)
        return
    _file(shown, content, _seconds(entry.date_time), uploads, depth)


def _seconds(moment: tuple[int, ...]) -> float:
    """A moment of a zip as one growing number; nonsense counts as early."""
    return float(
        sum(part * weight for part, weight in zip(moment, (32e6, 27e5, 86400, 3600, 60, 1), strict=False))
    )


def _file(shown: str, content: bytes, moment: float, uploads: Uploads, depth: int) -> None:
    name = PurePosixPath(shown).name
    if name in _OURS or name.lower().endswith((".csv", "how_to_hand_in.html")):
        return
    if name.lower().endswith(".zip"):
        if depth >= DEEPEST:
            _leave(uploads, shown, _("a zip within zips, too deep"), hostile=True)
        else:
            _archive(io.BytesIO(content), f"{shown}/", uploads, depth + 1)
    elif name.lower().endswith(NOTEBOOKS):
        uploads.found.append(_upload(shown, content, moment))
    else:
        _leave(uploads, shown, _("no notebook"))


def _leave(uploads: Uploads, shown: str, why: str, hostile: bool = False) -> None:
    shown = _as_text(shown)
    uploads.left.append(Left(shown, whose(shown)[0], why, hostile))


def _as_text(shown: str) -> str:
    """A name that any file can hold: bytes that are no UTF-8 become question marks."""
    return shown[:1000].encode("utf-8", "replace").decode("utf-8")


def _is_litter(shown: str) -> bool:
    return any(part in _LITTER or part.startswith("._") for part in PurePosixPath(shown).parts)


# -- names -------------------------------------------------------------------------------------------------


def _upload(shown: str, content: bytes, moment: float) -> Upload:
    shown = _as_text(shown)
    said, late, submission, name = whose(shown)
    again = _AGAIN.search(name)
    repairs = []
    if not name.lower().endswith(".ipynb"):
        repairs.append(
            _("The notebook's name ended in {ending}.").format(ending="".join(PurePosixPath(name).suffixes))
        )
    attempt = (float(submission), float(again["number"]) if again else 0.0, moment)
    return Upload(shown, said, sender(shown), content, attempt, late, tuple(repairs))


def whose(shown: str) -> tuple[str, bool, int, str]:
    """What a path says of its owner: name or id, whether late, number of the submission, name of the file.

    Examples
    --------
    >>> whose("Li Wei_4711_assignsubmission_file_/03_loyalty_tiers.ipynb")
    ('Li Wei', False, 0, '03_loyalty_tiers.ipynb')
    >>> whose("Li Wei_4711_assignsubmission_file/03_loyalty_tiers.ipynb")
    ('Li Wei', False, 0, '03_loyalty_tiers.ipynb')
    >>> whose("weili_LATE_81_90017_03_loyalty_tiers-1.ipynb")
    ('weili', True, 90017, '03_loyalty_tiers-1.ipynb')
    >>> whose("S2024001/work.ipynb")[0], whose("S2024001.ipynb")[0]
    ('S2024001', 'S2024001')
    """
    parts = PurePosixPath(shown).parts or ("",)
    for part in parts:
        canvas = _CANVAS.fullmatch(part)  # first: what follows its numbers is the student's choice
        if canvas:
            name = canvas["file"] if part == parts[-1] else parts[-1]
            return canvas["name"], bool(canvas["late"]), int(canvas["submission"]), name
        moodle = _MOODLE.fullmatch(part)
        if moodle:
            return moodle["name"], False, 0, (part == parts[-1] and moodle["file"]) or parts[-1]
    own = parts[0] if len(parts) > 1 else re.sub(r"(\.[A-Za-z]{1,6}){1,2}$", "", parts[0])
    return own, False, 0, parts[-1]


def sender(shown: str) -> str:
    """Who sent a file, as far as its path tells senders apart; numbers are those of the learning platform.

    Examples
    --------
    >>> sender("Li Wei_4711_assignsubmission_file_/a.ipynb"), sender("weili_LATE_81_90017_a.ipynb")
    ('moodle 4711', 'canvas 81')
    >>> sender("weili/a.ipynb"), sender("weili.ipynb"), sender("weili (1).ipynb")
    ('weili', 'weili', 'weili')
    """
    for part in PurePosixPath(shown).parts:
        for platform, pattern in (("canvas", _CANVAS), ("moodle", _MOODLE)):
            found = pattern.fullmatch(part)
            if found:
                return f"{platform} {int(found['id'])}"
    said = whose(shown)[0]
    return _COPY.sub("", said) or said
