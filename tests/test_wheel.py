"""The wheel carries the workbook: installed outside the clone, it makes a report (`make test-full`)."""

import os
import subprocess
import sys
import zipfile

import pytest

pytestmark = pytest.mark.full


def run(*words, cwd, **environment):
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "CASEKIT_WORKBOOK")}
    done = subprocess.run(
        list(map(str, words)),
        cwd=cwd,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    from pathlib import Path

    root = Path(__file__).parent.parent
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, root, cwd=folder)
    return next(folder.glob("*.whl"))


def test_wheel_carries_notebooks_data_cards_and_templates(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for ending in ("notebooks/00_start_here.ipynb", "datasets/cdnow/cdnow.csv.gz", "datasets/cdnow/card.md",
                   "templates/page.css", "licenses/LICENSE"):  # fmt: skip
        assert any(name.endswith(ending) for name in names), ending
    assert not any("tests/" in name or "__pycache__" in name for name in names)


def test_installed_wheel_makes_a_report(wheel, tmp_path, root):
    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    programs = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    constraints = root / "constraints.txt"
    run(
        programs / "python",
        "-m",
        "pip",
        "install",
        "-q",
        "-c",
        constraints,
        f"{wheel}[workbook]",
        cwd=tmp_path,
    )
    work = tmp_path / "work"
    work.mkdir()
    where = run(programs / "python", "-c", "import casekit; print(casekit.__file__)", cwd=work)
    assert str(tmp_path / "env") in where
    run(programs / "casekit", "report", "swot", cwd=work)
    assert (work / "reports" / "02_swot.html").stat().st_size > 20_000
    run(programs / "casekit", "init", "course", cwd=work)
    assert (work / "course" / "notebooks" / "02_swot.ipynb").is_file()
