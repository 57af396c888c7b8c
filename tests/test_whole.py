"""A file is written whole or not at all, and only once it is on the disk."""

import os
import stat
import sys

import pytest

from casekit import _whole
from casekit._whole import drafts, write_whole


def test_text_and_bytes_arrive_as_they_are_and_the_folder_is_made(tmp_path):
    assert write_whole(tmp_path / "a" / "x.csv", "王\r\n").read_bytes() == "王\r\n".encode()
    assert write_whole(tmp_path / "a" / ".gitignore", b"*\n").read_bytes() == b"*\n"
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [".gitignore", "x.csv"]


def test_a_draft_names_its_process_beside_the_target(tmp_path):
    with drafts([tmp_path / "x.csv", tmp_path / ".gitignore"]) as made:
        for draft in made:
            draft.write_text("1")
        names = {path.name for path in tmp_path.iterdir()}
    assert names == {f".x.{os.getpid()}.partial.csv", f".gitignore.{os.getpid()}.partial.file"}


def test_if_one_of_several_fails_all_stay_as_they_were(tmp_path):
    (tmp_path / "a").write_text("old")
    with pytest.raises(ValueError), drafts([tmp_path / "a", tmp_path / "b"]) as (first, _second):
        first.write_text("new")
        raise ValueError
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a", "old")]


def test_a_draft_that_nobody_wrote_takes_nobodys_place(tmp_path):
    (tmp_path / "b").write_text("old")
    with pytest.raises(FileNotFoundError), drafts([tmp_path / "a", tmp_path / "b"]) as (first, _second):
        first.write_text("new")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("b", "old")]


def test_bytes_are_on_the_disk_before_the_name_is(tmp_path, monkeypatch):
    """A file that is renamed first can be empty after a power cut."""
    seen = []
    to_disk = _whole._to_disk
    monkeypatch.setattr(
        _whole, "_to_disk", lambda path: seen.append((tmp_path / "x").exists()) or to_disk(path)
    )
    monkeypatch.setattr(_whole, "folder_to_disk", lambda folder: seen.append((tmp_path / "x").exists()))
    write_whole(tmp_path / "x", "1")
    assert seen == [False, True]


def test_a_full_disk_leaves_the_old_file_and_no_draft(tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    write_whole(tmp_path / "x", "old")
    monkeypatch.setattr(_whole.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "x", "new")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("x", "old")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_private_file_is_private_from_the_first_byte(tmp_path):
    with drafts([tmp_path / "x"], private=True) as (draft,):
        assert stat.S_IMODE(draft.stat().st_mode) == 0o600
        draft.write_text("1")
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o600
