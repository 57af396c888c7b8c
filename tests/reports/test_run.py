"""One report from start to end, on small notebooks; what happens when a step fails."""

import json
import sys

import pytest
from support.small_notebooks import code, markdown

from casekit.errors import InputError, ReportError
from casekit.reports.run import check_data, make_report, report_name


def files(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_report_is_a_page_and_an_executed_notebook(workbook, tmp_path):
    workbook(
        "90_small",
        markdown("## What we would tell the manager\n\nA formula $x_1^2$ and a price of \\$5."),
        code(
            "from casekit.tables import say\nsay(f'Call **{capacity}** clients, it costs ${capacity * 2}.')"
        ),
        code("raise SystemExit('a widget cell must not run')", "skip-execution"),
    )
    report = make_report("small", {"capacity": "4"}, out=tmp_path / "reports", name="acme", title="For Acme")
    assert files(tmp_path / "reports") == ["acme.html", "acme.ipynb"]
    page = report.page.read_text(encoding="utf-8")
    assert "Call <strong>4</strong> clients, it costs $8." in page
    assert "<h1>For Acme</h1>" in page
    assert "<math" in page
    assert "a price of $5." in page
    assert "a widget cell" not in page
    assert "(changed from the default: capacity)" in " ".join(page.split()).replace("</span>", "")
    facts = json.loads(report.notebook.read_text(encoding="utf-8"))["metadata"]["casekit"]
    assert facts["parameters"]["capacity"] == 4
    assert facts["changed"] == ["capacity"]


def test_a_wrong_parameter_stops_before_anything_runs(workbook, tmp_path):
    workbook("90_small", code("1"))
    with pytest.raises(InputError):
        make_report("small", {"capacity": 99}, out=tmp_path / "reports")
    assert files(tmp_path / "reports") == []


def test_a_missing_file_stops_before_anything_runs(workbook, tmp_path):
    workbook("90_loyalty_tiers", code("1"))
    with pytest.raises(InputError, match=r"nowhere\.csv"):
        make_report("loyalty_tiers", {"data": str(tmp_path / "nowhere.csv")}, out=tmp_path / "reports")
    assert files(tmp_path / "reports") == []


def test_a_failing_cell_leaves_the_previous_report_and_keeps_the_partial_notebook(workbook, tmp_path):
    out = tmp_path / "reports"
    workbook("90_small", markdown("## 1. Divide"), code("6 / capacity"), code("capacity == 3 or 1 / 0"))
    make_report("small", out=out, name="acme")
    before = (out / "acme.html").read_bytes(), (out / "acme.ipynb").read_bytes()
    with pytest.raises(
        ReportError, match="small: step “1. Divide” failed with ZeroDivisionError: division by zero"
    ):
        make_report("small", {"capacity": 2}, out=out, name="acme")
    assert files(out) == ["acme.failed.ipynb", "acme.html", "acme.ipynb"]
    assert before == ((out / "acme.html").read_bytes(), (out / "acme.ipynb").read_bytes())
    partial = json.loads((out / "acme.failed.ipynb").read_text(encoding="utf-8"))
    assert any("ZeroDivisionError" in json.dumps(cell.get("outputs", [])) for cell in partial["cells"])
    make_report("small", {"capacity": 3}, out=out, name="acme")
    assert files(out) == ["acme.html", "acme.ipynb"]


@pytest.mark.full
def test_the_folders_of_the_reader_stay_out_of_the_report(workbook, tmp_path):
    folder = tmp_path / "Zhang San" / "secret"
    folder.mkdir(parents=True)
    workbook("90_small", code("print(worklist)"))
    worklist = folder / 'calls "1".xlsx'
    report = make_report("small", {"worklist": str(worklist)}, out=tmp_path / "reports")
    for path in (report.page, report.notebook):
        text = path.read_text(encoding="utf-8")
        assert "Zhang San" not in text
        assert "calls" in text


@pytest.mark.full
def test_a_backend_in_the_environment_does_not_cost_the_figures(workbook, tmp_path, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    workbook("90_small", code("import matplotlib.pyplot as plt\nplt.plot([1, 2]);"))
    report = make_report("small", out=tmp_path / "reports")
    assert "image/png" in report.notebook.read_text(encoding="utf-8")


@pytest.mark.full
def test_a_run_that_lost_its_figures_is_no_report(workbook, tmp_path):
    cell = code(
        "import matplotlib\nmatplotlib.use('agg')\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);"
    )
    cell["outputs"] = [{"output_type": "display_data", "data": {"image/png": "x"}, "metadata": {}}]
    workbook("90_small", cell)
    with pytest.raises(ReportError, match="the run ended without a figure"):
        make_report("small", out=tmp_path / "reports")


def test_names_say_case_data_and_changed_parameters(workbook):
    from casekit.reports.cases import find_case
    from casekit.reports.parameters import check_parameters

    workbook("90_small")
    case = find_case("small")
    names = {
        report_name(case, check_parameters(case, values))
        for values in ({}, {"capacity": 4}, {"capacity": 5}, {"data": "a/client list.xlsx"})
    }
    assert len(names) == 4
    assert {"90_small", "90_small-client_list"} <= names


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"name": "a/b"}, "name must be a file name without a folder"),
        ({"time_limit": 0}, "time_limit must lie in its range"),
        ({"parameters": {"reading": "amount=x"}}, "rules for reading need a file to read"),
        ({"parameters": {"worklist": "list.txt"}}, "a file of a known kind"),
        ({"parameters": {"worklist": "nowhere/list.csv"}}, "the folder of the worklist must exist"),
        (
            {"parameters": {"worklist": "mine.csv", "data": "mine.csv"}},
            "the worklist must be a file of its own",
        ),
        ({"out": "a_file"}, "one that can be written"),
    ],
)
def test_what_would_fail_late_or_overwrite_is_refused(workbook, tmp_path, monkeypatch, settings, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a_file").write_text("", encoding="utf-8")
    (tmp_path / "mine.csv").write_text("customer_id\n1\n", encoding="utf-8")
    workbook("90_small", code("1"))
    with pytest.raises(InputError, match=message):
        make_report("small", **settings)
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8") == "customer_id\n1\n"
    assert not (tmp_path / "reports").exists()


@pytest.mark.full
def test_a_failure_keeps_its_whole_message_and_names_the_partial_notebook(workbook, tmp_path):
    workbook("90_small", code("raise ValueError('first line\\nAllowed: this')"))
    with pytest.raises(ReportError, match=r"(?s)first line.*Allowed: this.*90_small\.failed\.ipynb"):
        make_report("small", out=tmp_path)
    partial = (tmp_path / "90_small.failed.ipynb").read_text(encoding="utf-8")
    assert sys.prefix not in partial


def test_every_case_has_a_layout_for_its_file():
    from casekit.information.layouts import LAYOUTS
    from casekit.reports.cases import list_cases

    assert {case.name for case in list_cases()} <= set(LAYOUTS)
    assert callable(check_data)


@pytest.mark.full
@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import time\ntime.sleep(60)", "step “Stuck” was still running after 3 seconds"),
        ("import os\nos._exit(3)", "the kernel died in step “Stuck”"),
        ("import sys\nsys.exit(0)", "ended before step “Stuck”|SystemExit"),
        (
            "import ipywidgets\nfrom IPython.display import display\n"
            "display(ipywidgets.interactive(lambda n: [print(i) for i in range(n)], n=(1, 50)))\n"
            "import time\ntime.sleep(60)",
            "still running after 3 seconds",
        ),
    ],
    ids=["sleeps", "dies", "exits", "interact"],
)
def test_a_run_that_does_not_end_well_is_no_report(workbook, tmp_path, source, message):
    workbook("90_small", markdown("## Stuck"), code(source), code("1 + 1"))
    with pytest.raises(ReportError, match=message):
        make_report("small", out=tmp_path / "reports", time_limit=3)
    assert files(tmp_path / "reports") == ["90_small.failed.ipynb"]
