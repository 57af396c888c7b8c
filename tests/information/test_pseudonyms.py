"""Pseudonyms hide people, stay the same under one key, and lead back only to who holds the file."""

import os
import pickle
import stat
import sys

import pandas as pd
import pytest

from casekit.errors import InputError
from casekit.information import pseudonyms as module
from casekit.information import read_client_file
from casekit.information.pseudonyms import pseudonym_key, pseudonyms
from tests.information.conftest import TODAY, VISITS


@pytest.fixture(autouse=True)
def _no_key_in_the_environment(monkeypatch):
    monkeypatch.delenv("CASEKIT_KEY_FILE", raising=False)


def test_the_same_key_gives_the_same_names_and_another_key_others(read, tmp_path):
    first = read(VISITS, key_file=tmp_path / "a.key").frame["customer_id"].tolist()
    again = read(VISITS, key_file=tmp_path / "a.key").frame["customer_id"].tolist()
    other = read(VISITS, key_file=tmp_path / "b.key").frame["customer_id"].tolist()
    assert first == again
    assert not set(first) & set(other)
    assert first[0] == first[2] != first[1]


def test_a_person_has_one_name_in_all_files(read, tmp_path):
    key = tmp_path / "a.key"
    name = read(VISITS, key_file=key).frame["customer_id"][1]
    other = read(VISITS.split("\n")[0] + "\n0008,2024-05-01,5,1\n", key_file=key)
    assert other.frame["customer_id"].tolist() == [name]


def test_without_a_key_file_names_hold_for_one_reading(read):
    first, second = read(VISITS), read(VISITS)
    assert not set(first.frame["customer_id"]) & set(second.frame["customer_id"])
    assert not first.key_kept
    assert first.summary().endswith("pseudonyms made for this reading only.")


def test_the_environment_may_name_the_key_file(read, tmp_path, monkeypatch):
    monkeypatch.setenv("CASEKIT_KEY_FILE", str(tmp_path / "a.key"))
    first, second = read(VISITS), read(VISITS)
    assert first.frame.equals(second.frame)
    assert first.key_kept
    assert first.summary().endswith("pseudonyms that your key file keeps the same.")


def test_no_raw_id_in_anything_a_report_could_show(read, tmp_path):
    key_file = tmp_path / "a.key"
    client = read(VISITS.replace("0008", "张伟民"), key_file=key_file)
    key = key_file.read_text().splitlines()[1]
    shown = [
        repr(client),
        str(client),
        client.summary(),
        client.frame.to_csv(),
        repr(client.frame),
        client.fixes.to_csv(),
    ]
    shown += [client.mapping.to_csv(), repr(client.frame.attrs)]
    for text in shown:
        assert not any(secret in text for secret in ("0007", "张伟民", key))


def test_the_key_file_is_for_its_owner_alone(tmp_path):
    key, kept = pseudonym_key(tmp_path / "a.key", "test")
    assert kept and len(key) == 32
    if sys.platform != "win32":
        assert stat.S_IMODE(os.stat(tmp_path / "a.key").st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["a.key"]


def test_a_key_made_meanwhile_by_another_process_is_taken(tmp_path):
    path = tmp_path / "a.key"
    first = pseudonym_key(path, "test")
    module._make_key(path, "test")
    assert pseudonym_key(path, "test") == first


@pytest.mark.parametrize("content", ["", "not a key", "abcd", "schlüssel"])
def test_a_file_without_a_key_is_refused(tmp_path, content):
    (tmp_path / "a.key").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="must hold a key that casekit made, got a.key without one"):
        pseudonym_key(tmp_path / "a.key", "test")


def test_the_folder_of_a_new_key_must_exist(tmp_path):
    with pytest.raises(InputError, match="the folder of the key file must exist, got no folder none"):
        pseudonym_key(tmp_path / "none" / "a.key", "test")


def test_persons_who_agree_in_the_first_digits_get_more(monkeypatch):
    monkeypatch.setattr(module, "DIGITS", 1)
    names = pseudonyms([str(number) for number in range(100)], b"key")
    assert len(set(names.values())) == 100
    longer = pseudonyms([str(number) for number in range(50)], b"key")
    assert all(names[person].startswith(name) for person, name in longer.items())


def test_persons_without_a_name_stay_missing(write):
    from dataclasses import replace

    from casekit.information.layouts import LAYOUTS

    layout = LAYOUTS["loyalty_tiers"]
    referrer = replace(layout.columns[0], name="referred_by", synonyms=("推荐人",), required=False)
    layout = replace(layout, columns=(*layout.columns, referrer), person=("customer_id", "referred_by"))
    text = "会员号,消费日期,实付金额,人数,推荐人\n0007,2024-03-01,460,8,\n0008,2024-03-02,5,1,0007\n"
    frame = read_client_file(write(text), layout, today=TODAY).frame
    assert pd.isna(frame["referred_by"][0])
    assert frame["referred_by"][1] == frame["customer_id"][0]


def test_a_client_can_be_kept_and_read_again(read):
    client = read(VISITS)
    assert pickle.loads(pickle.dumps(client)).frame.equals(client.frame)
