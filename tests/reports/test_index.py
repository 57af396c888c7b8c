"""The list of reports in a folder."""

from support.small_notebooks import code, markdown

from casekit.reports.index import write_index
from casekit.reports.run import make_report


def test_the_index_lists_finished_reports_with_their_answers(workbook, tmp_path):
    out = tmp_path / "reports"
    answer = code("from casekit.tables import say\nsay(f'Call **{capacity}**, for $5.', 'Second paragraph.')")
    workbook("90_small", markdown("## What we would tell the manager"), answer)
    make_report("small", {"capacity": 4}, out=out, name="acme")
    (out / "broken.failed.ipynb").write_text("{}", encoding="utf-8")
    text = write_index(out).read_text(encoding="utf-8")
    assert text.count("<article>") == 1
    assert 'href="acme.html">Which three clients?' in text
    assert "Call 4, for $5." in text
    assert "Second paragraph" not in text
    assert "capacity = 4" in text


def test_an_empty_folder_has_an_index_that_says_so(tmp_path):
    assert "No reports yet" in write_index(tmp_path).read_text(encoding="utf-8")
