"""Every notebook runs at its defaults and at two other parameter sets, and makes a report."""

import tomllib
from pathlib import Path

import pytest

from casekit.reports.cases import list_cases
from casekit.reports.run import make_report

SETS = Path(__file__).parent / "parameter_sets"
CASES = list_cases(guides=True)


def parameter_sets(case):
    text = (SETS / f"{case.stem}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


RUNS = [(case, name, "en") for case in CASES for name in ("defaults", *parameter_sets(case))]
RUNS += [(case, "defaults", "zh_CN") for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_there_are_two_other_parameter_sets(case):
    assert len(parameter_sets(case)) >= 2
    assert all(values for values in parameter_sets(case).values())


@pytest.mark.full
@pytest.mark.parametrize(
    ("case", "name", "language"),
    RUNS,
    ids=[f"{case.stem}-{name}-{language}" for case, name, language in RUNS],
)
def test_report(case, name, language, tmp_path):
    values = {} if name == "defaults" else parameter_sets(case)[name]
    report = make_report(case, values, out=tmp_path, language=language)
    assert report.page.stat().st_size > 20_000
    page = report.page.read_text(encoding="utf-8")
    assert "Traceback" not in page
    assert ("图1" in page) == (language == "zh_CN")
