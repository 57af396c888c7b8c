"""Which of many bad arguments a test tries: every kind for the first argument, of the rest a fixed sample."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

#: Of the arguments after the first, and of the further columns of the first, one bad value in so many is
#: tried. Set it to 1 to try them all, which takes some minutes.
EVERY = 10


class Bad(NamedTuple):
    """A thing that does not belong: its kind, where it stands, and what makes a fresh one."""

    kind: str
    place: str
    make: Callable[[], Any]

    def __str__(self) -> str:
        return f"{self.place} {self.kind}".strip()


def sampled(found: Iterable[Bad], *, function: str, argument: str, first: bool) -> list[Bad]:
    """The bad values to try: for the first argument each kind at least once; of the others one in ``EVERY``.

    The choice depends on the names alone, so that a failure comes back on the next run.
    """
    chance = random.Random(f"{function}.{argument}")
    pool = list(found)
    chance.shuffle(pool)
    kept = list({bad.kind: bad for bad in pool}.values()) if first else []
    rest = [bad for bad in pool if bad not in kept]
    return kept + rest[: -(-len(rest) // EVERY)]
