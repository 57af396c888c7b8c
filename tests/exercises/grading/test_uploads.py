"""What Moodle and Canvas make of "download all submissions": every notebook found, nothing trusted."""

import json
import os

import pytest
from support.classroom import add_link, write_zip, zipped

from casekit.errors import InputError
from casekit.exercises.grading import uploads as module
from casekit.exercises.grading.uploads import read_uploads, whose

NOTEBOOK = b'{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}'


def paths(uploads):
    return sorted(upload.path for upload in uploads.found)


@pytest.mark.parametrize(
    ("path", "said", "late", "file"),
    [
        ("Li Wei_4711_assignsubmission_file/a.ipynb", "Li Wei", False, "a.ipynb"),
        ("李伟_4711_assignsubmission_file/a_b.ipynb", "李伟", False, "a_b.ipynb"),
        ("Li Wei_4711_assignsubmission_file_/a.ipynb", "Li Wei", False, "a.ipynb"),
        ("Li Wei_4711_assignsubmission_file_a.ipynb", "Li Wei", False, "a.ipynb"),
        ("李伟_4711_assignsubmission_file_/a.ipynb", "李伟", False, "a.ipynb"),
        ("liwei_81_90017_a.ipynb", "liwei", False, "a.ipynb"),
        ("liwei_LATE_81_90017_a-2.ipynb", "liwei", True, "a-2.ipynb"),
        ("S2024001/deep/er/a.ipynb", "S2024001", False, "a.ipynb"),
        ("S2024001.ipynb", "S2024001", False, "S2024001.ipynb"),
        # what a student chose comes after what the platform says
        (
            "Li Wei_4711_assignsubmission_file_/Bo_99_assignsubmission_file_/a.ipynb",
            "Li Wei",
            False,
            "a.ipynb",
        ),
        ("liwei_81_90017_bo_82_90018_a.ipynb", "liwei", False, "bo_82_90018_a.ipynb"),
        (
            "liwei_81_9_S1_7_assignsubmission_file_a.ipynb",
            "liwei",
            False,
            "S1_7_assignsubmission_file_a.ipynb",
        ),
    ],
)
def test_names_of_platforms_say_whose_a_file_is(path, said, late, file):
    found = whose(path)
    assert (found[0], found[1], found[3]) == (said, late, file)


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("李伟_4711_assignsubmission_file_/a.ipynb", "moodle 4711"),
        ("liwei_LATE_81_90017_a-2.ipynb", "canvas 81"),
        ("liwei_81_9_S1_7_assignsubmission_file_a.ipynb", "canvas 81"),
        ("liwei/deep/a.ipynb", "liwei"),
        ("a (1).ipynb", "a"),
        ("a-Copy1.ipynb", "a"),
        ("student_01.ipynb", "student_01"),
    ],
)
def test_senders_are_told_apart(path, who):
    assert module.sender(path) == who


def test_a_zip_of_zips_and_a_folder_give_the_same_notebooks(tmp_path):
    inner = zipped(("03/03_loyalty_tiers.ipynb", NOTEBOOK), ("03/data/visits.csv", b"a\n1\n"))
    path = write_zip(tmp_path / "all.zip", [("Ann_1_assignsubmission_file_/work.zip", inner)])
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "Ann_1_assignsubmission_file_work.zip").write_bytes(inner)
    assert paths(read_uploads(path)) == ["Ann_1_assignsubmission_file_/work.zip/03/03_loyalty_tiers.ipynb"]
    assert paths(read_uploads(tmp_path / "folder")) == [
        "Ann_1_assignsubmission_file_work.zip/03/03_loyalty_tiers.ipynb"
    ]
    assert {upload.said for upload in read_uploads(path).found} == {"Ann"}


@pytest.mark.parametrize("ending", [".ipynb.txt", ".json", ".ipynb.json"])
def test_endings_that_a_browser_adds_are_repaired(tmp_path, ending):
    (tmp_path / f"S1{ending}").write_bytes(NOTEBOOK)
    (upload,) = read_uploads(tmp_path).found
    assert upload.said == "S1" and ending in upload.repairs[0]


def test_the_newest_of_several_sorts_last(tmp_path):
    names = ["liwei_81_90017_a.ipynb", "liwei_81_90017_a-2.ipynb", "liwei_81_90017_a-10.ipynb"]
    path = write_zip(tmp_path / "all.zip", [(name, NOTEBOOK) for name in names])
    found = sorted(read_uploads(path).found, key=lambda upload: upload.attempt)
    assert [upload.path for upload in found] == names


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../evil.ipynb", "zip slip"),
        ("/etc/evil.ipynb", "zip slip"),
        ("C:\\evil.ipynb", "zip slip"),
        ("a\\..\\..\\evil.ipynb", "zip slip"),
        ("work.docx", "no notebook"),
        ("broken.zip", "damaged"),
    ],
)
def test_what_is_not_read_is_reported(tmp_path, name, why):
    path = write_zip(tmp_path / "all.zip", [("S1/a.ipynb", NOTEBOOK), (name, NOTEBOOK)])
    uploads = read_uploads(path)
    assert paths(uploads) == ["S1/a.ipynb"]
    assert [why in left.why for left in uploads.left] == [True]


def test_links_are_not_followed(tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(NOTEBOOK)
    path = write_zip(tmp_path / "all.zip", [("S1/b.ipynb", NOTEBOOK)])
    add_link(path, "S1/a.ipynb", str(secret))
    folder = tmp_path / "folder"
    folder.mkdir()
    os.symlink(secret, folder / "a.ipynb")
    os.symlink(tmp_path, folder / "above")
    os.mkfifo(folder / "pipe.ipynb")
    assert paths(read_uploads(path)) == ["S1/b.ipynb"]
    uploads = read_uploads(folder)
    assert not uploads.found and len(uploads.left) == 3
    assert all(left.hostile for left in uploads.left)


@pytest.mark.parametrize("size", [1_500_000, 19_000_000])
def test_zip_bombs_are_not_unpacked(tmp_path, size):
    path = write_zip(tmp_path / "all.zip", [("S1/a.ipynb", b" " * size)])
    uploads = read_uploads(path)
    assert not uploads.found and "zip bomb" in uploads.left[0].why
    assert uploads.bytes == 0


def test_sizes_in_headers_are_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 1_000)
    path = write_zip(tmp_path / "all.zip", [("S1/a.ipynb", os.urandom(5_000))])
    uploads = read_uploads(path)
    assert not uploads.found and "larger than" in uploads.left[0].why


def test_too_many_files_and_zips_too_deep_end_the_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_FILES", 3)
    path = write_zip(tmp_path / "many.zip", [(f"S{number}.ipynb", NOTEBOOK) for number in range(9)])
    uploads = read_uploads(path)
    assert len(uploads.found) == 3 and "more than 3 files" in uploads.left[-1].why
    content = zipped(("a.ipynb", NOTEBOOK))
    for _depth in range(6):
        content = zipped(("b.zip", content))
    (tmp_path / "deep.zip").write_bytes(content)
    monkeypatch.setattr(module, "MOST_FILES", 100)
    deep = read_uploads(tmp_path / "deep.zip")
    assert not deep.found and "too deep" in deep.left[0].why


def test_litter_of_systems_is_passed_over(tmp_path):
    names = ["__MACOSX/._a.ipynb", ".ipynb_checkpoints/a-checkpoint.ipynb", ".DS_Store", "S1/exercise.json"]
    path = write_zip(tmp_path / "all.zip", [(name, NOTEBOOK) for name in [*names, "S1/a.ipynb"]])
    uploads = read_uploads(path)
    assert paths(uploads) == ["S1/a.ipynb"] and not uploads.left


def test_names_that_are_no_text_can_be_written(tmp_path):
    path = os.fsencode(tmp_path) + b"/S1\xff.ipynb"
    with open(path, "wb") as file:
        file.write(NOTEBOOK)
    (upload,) = read_uploads(tmp_path).found
    assert json.dumps(upload.path).encode("utf-8") and upload.path.encode("utf-8")


@pytest.mark.parametrize("name", ["missing.zip", "words.txt"])
def test_something_else_is_refused(tmp_path, name):
    (tmp_path / "words.txt").write_text("words")
    with pytest.raises(InputError, match="the uploads must be a zip, a folder or a notebook"):
        read_uploads(tmp_path / name)
