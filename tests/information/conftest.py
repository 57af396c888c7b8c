"""A visit log of three guests, and a way to write it down as a client would."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from casekit.information import ClientFile, read_client_file

#: The day on which every test reads its files.
TODAY = date(2024, 6, 30)

VISITS = """会员号,消费日期,实付金额,人数
0007,2024-03-01,460,8
0008,2024-03-02,1280.5,16
0007,2024-03-09,520,10
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """``write(text)`` makes a file of it and returns its path."""

    def _write(text: str = VISITS, name: str = "visits.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return _write


@pytest.fixture
def read(write: Callable[..., Path]) -> Callable[..., ClientFile]:
    """``read(text, ...)`` reads a text as the file of the case loyalty_tiers."""

    def _read(text: str = VISITS, *, encoding: str = "utf-8", **how: object) -> ClientFile:
        how.setdefault("today", TODAY)
        return read_client_file(write(text, encoding=encoding), "loyalty_tiers", **how)

    return _read
