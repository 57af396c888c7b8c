"""Names for people that a report may show: the same person has the same one wherever the key is the same."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterable
from pathlib import Path

from casekit import errors
from casekit._text import _
from casekit._validate import Check

#: The environment variable that names the key file when no argument does.
KEY_VARIABLE = "CASEKIT_KEY_FILE"

#: Hexadecimal digits of a pseudonym; persons who agree in them get more.
DIGITS = 8

#: What the pseudonyms of the reader's own people begin with.
STAFF_LETTER = "M"

_KEY_BYTES = 32
_FIRST_LINE = "# casekit: keep this file; whoever has it can tell which pseudonym is whose\n"


def pseudonym_key(key_file: str | Path | None, function: str) -> tuple[bytes, bool]:
    """The key, and whether it is kept.

    Parameters
    ----------
    key_file : str, Path or None
        Where the key is; made there on first use. None: the file that ``CASEKIT_KEY_FILE`` names, and without
        it a random key that is forgotten.
    function : str
        Name that an error mentions.
    """
    given = key_file is not None and not (isinstance(key_file, str) and not key_file)
    place = key_file if given else os.environ.get(KEY_VARIABLE)
    if place is None or (isinstance(place, str) and not place):
        return secrets.token_bytes(_KEY_BYTES), False
    path = Check(function).path("key_file", place)
    if not path.exists():
        _make_key(path, function)
    try:
        lines = path.read_text(encoding="ascii").splitlines()
        key = bytes.fromhex("".join(line for line in lines if not line.startswith("#")))
    except (OSError, ValueError):
        key = b""
    if len(key) < _KEY_BYTES:
        problem = errors.must_hold(
            _("the key file must hold a key that casekit made"),
            got=_("{name} without one").format(name=path.name),
            hint=_("give the path of a new file to make one; pseudonyms then differ from earlier reports"),
        )
        raise errors.InputError(function, problem)
    return key, True


def _make_key(path: Path, function: str) -> None:
    """Write a new key whole or not at all, readable by its owner alone; another process may be first."""
    if not path.parent.is_dir():
        problem = errors.must_hold(
            _("the folder of the key file must exist"),
            got=_("no folder {name}").format(name=path.parent.name),
            hint=_("make the folder first"),
        )
        raise errors.InputError(function, problem)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".casekit-key-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(_FIRST_LINE + secrets.token_hex(_KEY_BYTES) + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        if not path.exists():
            os.replace(draft, path)
            return
    os.unlink(draft)


def pseudonyms(ids: Iterable[str], key: bytes, *, letter: str = "C") -> dict[str, str]:
    """A pseudonym for each id: the first digits of its HMAC-SHA256 under the key.

    Two ids that agree in these digits get as many more as tell them apart; the other ids keep theirs.

    Parameters
    ----------
    ids : iterable of str
        Real ids.
    key : bytes
        The key.
    letter : str, default "C"
        What a pseudonym begins with: C for customers, M for the reader's own people.

    Examples
    --------
    >>> pseudonyms(["G0001"], b"a key for this example")
    {'G0001': 'C-34AF9563'}
    """
    digests = {
        person: hmac.new(key, person.encode(), hashlib.sha256).hexdigest().upper() for person in set(ids)
    }
    lengths = dict.fromkeys(digests, DIGITS)
    while True:
        names = {person: f"{letter}-{digest[: lengths[person]]}" for person, digest in digests.items()}
        groups: dict[str, list[str]] = {}
        for person, name in names.items():
            groups.setdefault(name, []).append(person)
        shared = [person for group in groups.values() if len(group) > 1 for person in group]
        if not shared:
            return names
        for person in shared:
            lengths[person] += 4
