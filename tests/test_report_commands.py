"""``casekit plan`` and ``casekit verify`` on the command line."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from casekit import errors
from casekit.cli import app
from casekit.reports import verification
from casekit.reports.comparison import NUMBER, Comparison, Difference
from casekit.reports.verification import DIFFERENT, SAME, UNKNOWN, Verification

RUN = CliRunner()


def test_a_new_plan_is_sound_and_says_what_comes_next(tmp_path):
    path = tmp_path / "plan.yaml"
    made = RUN.invoke(app, ["plan", "new", str(path)])
    assert (made.exit_code, path.exists()) == (0, True)
    assert "casekit batch" in made.output
    checked = RUN.invoke(app, ["plan", "check", str(path)], env={"COLUMNS": "200"})
    assert checked.exit_code == 0
    assert "05_lifetime_value-high_end-0.3.html" in checked.output
    assert "6 reports in 12 files, into" in checked.output


def test_a_plan_is_not_replaced_without_force(tmp_path):
    path = tmp_path / "plan.csv"
    path.write_text("mine", encoding="utf-8")
    assert isinstance(RUN.invoke(app, ["plan", "new", str(path)]).exception, errors.InputError)
    assert path.read_text(encoding="utf-8") == "mine"
    assert RUN.invoke(app, ["plan", "new", str(path), "--force"]).exit_code == 0


def test_a_bad_plan_is_refused(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("reports: [bank_upsel]", encoding="utf-8")
    error = RUN.invoke(app, ["plan", "check", str(path)]).exception
    assert isinstance(error, errors.InputError)
    assert "did you mean 'bank_upsell'?" in str(error)


@pytest.mark.parametrize("result", [SAME, DIFFERENT, UNKNOWN])
def test_the_exit_code_of_verify_is_its_result(monkeypatch, result):
    differing = [Difference("Answer", NUMBER, "1", "2", "[1]")] * (result == DIFFERENT)
    found = Verification(result, Comparison(9, 3, differing), ["a note"])
    monkeypatch.setattr(verification, "verify", lambda path, **_settings: found)
    made = RUN.invoke(app, ["verify", "report.html"])
    assert made.exit_code == result
    assert "Note: a note" in made.output
    told = "“Answer”: the report says “1”, the new run “2”, in “[1]”" in made.output
    assert told == (result == DIFFERENT)
