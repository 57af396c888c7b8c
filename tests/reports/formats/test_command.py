"""``casekit report --to`` and ``casekit brand``."""

import re
import zipfile

import pytest
from support.small_notebooks import code, markdown
from support.small_page import png
from typer.testing import CliRunner

from casekit import errors
from casekit.cli import app


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *words: CliRunner().invoke(app, list(words))


def test_an_unknown_format_is_refused_before_anything_runs(run, workbook):
    workbook("90_small", code("1 / 0"))
    refused = run("report", "90", "--to", "html,pdx")
    assert isinstance(refused.exception, errors.InputError)
    assert "did you mean 'pdf'?" in str(refused.exception)


def test_an_unknown_language_is_refused(run, workbook):
    workbook("90_small", code("1 / 0"))
    refused = run("report", "90", "--language", "fr")
    assert "language must be a known name, got 'fr'" in str(refused.exception)


def test_a_brand_to_start_from(run, tmp_path):
    assert "brand.yaml" in run("brand", "new").output
    assert (tmp_path / "brand.yaml").exists()
    checked = run("brand", "check")
    assert "name: Example Bank; paper: a4" in checked.output
    assert "blue #0b5a8a" in checked.output


def test_a_pale_brand_is_told(run, tmp_path):
    (tmp_path / "b.yaml").write_text('colours: {primary: "#ffcc00"}', encoding="utf-8")
    assert "contrast of 1.51" in run("brand", "check", "b.yaml").output


@pytest.mark.full
def test_every_format_of_one_report_in_a_brand(run, workbook, tmp_path):
    drawing = (
        "from casekit.plots import COLOURS, use_style\nimport matplotlib.pyplot as plt\nuse_style()\n"
        "print(COLOURS['blue'])\nfigure = plt.plot([1, 2])"
    )
    workbook("90_small", markdown("## A section"), code(drawing))
    (tmp_path / "logo.png").write_bytes(png())
    brand = 'name: A & B\nlogo: logo.png\ncolours: {primary: "#8a1538"}\npaper: letter\n'
    (tmp_path / "brand.yaml").write_text(brand, encoding="utf-8")
    made = run("report", "90", "--to", "html,pdf,slides,docx,pptx", "--brand", "brand.yaml", "--name", "r")
    assert made.exit_code == 0, made.output
    names = {path.name for path in (tmp_path / "reports").iterdir() if path.name.startswith("r.")}
    assert names == {"r.html", "r.pdf", "r.slides.html", "r.docx", "r.pptx", "r.ipynb"}
    page = (tmp_path / "reports" / "r.html").read_text(encoding="utf-8")
    assert "#8a1538" in page.split("<main>")[1]
    assert "A &amp; B" in page


def test_an_unknown_paper_is_refused_before_anything_runs(run, workbook):
    workbook("90_small", code("1 / 0"))
    for words in (("90",), ("all",)):
        refused = run("report", *words, "--paper", "a5")
        assert "paper must be a known name, got 'a5'" in str(refused.exception)


@pytest.mark.full
@pytest.mark.parametrize(("paper", "points"), [("A4", (595, 842)), ("letter", (612, 792))])
def test_pdf_and_word_are_set_on_the_paper_asked_for(run, workbook, tmp_path, paper, points):
    workbook("90_small", markdown("## A section"), code("print(1)"))
    (tmp_path / "plan.yaml").write_text(
        "reports: [{case: small, name: r, formats: [pdf, docx], paper: letter}]", encoding="utf-8"
    )
    made = run("batch", "plan.yaml", "--paper", paper, "--cold")
    assert made.exit_code == 0, made.output
    pdf = (tmp_path / "reports" / "r.pdf").read_bytes()
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert boxes and all([float(edge) for edge in box] == pytest.approx(points, abs=1) for box in boxes)
    with zipfile.ZipFile(tmp_path / "reports" / "r.docx") as file:
        document = file.read("word/document.xml").decode()
    size = re.search(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"/>', document)
    assert [int(edge) / 20 for edge in size.groups()] == pytest.approx(points, abs=1)
