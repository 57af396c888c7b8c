"""Forked kernels: as separate and as equal as kernels of a fresh Python, and never left behind."""

import json
import os
import uuid
from importlib.metadata import entry_points
from pathlib import Path

import nbformat
import pytest
from support.batches import MARK, contents, marked, wait_until
from support.small_notebooks import code, markdown

from casekit.reports.execute import Execution, execute
from casekit.reports.kernels import TEMPLATE_VARIABLE, can_fork
from casekit.reports.kernels.provisioner import NAME
from casekit.reports.kernels.template import Child, Template

pytestmark = [pytest.mark.full, pytest.mark.skipif(not can_fork(), reason="no fork here")]


@pytest.fixture(scope="module")
def template():
    """A template process, marked."""
    mark = uuid.uuid4().hex
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MARK, mark)
        with Template("kernel") as made:
            made.mark = mark
            yield made.wait()
    assert wait_until(lambda: not marked(mark))


@pytest.fixture
def forked(template, monkeypatch):
    """Kernels come from the template."""
    monkeypatch.setenv(TEMPLATE_VARIABLE, template.address)
    return template


def run(*sources, folder="/", **settings):
    """What each cell printed or returned as text."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    execution = Execution(nbformat.v4.new_notebook(cells=cells))
    execute(execution, name="test", folder=Path(folder), time_limit=60, **settings)
    texts = []
    for cell in execution.notebook.cells:
        parts = [output.get("text") or output["data"]["text/plain"] for output in cell.outputs]
        texts.append("".join(parts).strip())
    return texts


def test_each_kernel_is_a_child_of_the_template_with_folder_and_environment_of_its_own(forked, tmp_path):
    source = (
        "import os, sys\nprint(os.getppid(), os.getcwd(), os.environ.get('ONE'), os.getsid(0) == os.getpid())"
    )
    (first,) = run(source, folder=tmp_path, environment={"ONE": "1"})
    assert first == f"{forked.process.pid} {tmp_path} 1 True"
    (second,) = run(source)
    assert second == f"{forked.process.pid} / None True"


def test_nothing_of_one_report_is_seen_by_the_next(forked):
    change = (
        "import os, sys, numpy, pandas, matplotlib\n"
        "os.environ['LEFT'] = '1'\nsys.left = 1\npandas.options.display.max_rows = 3\n"
        "matplotlib.rcParams['figure.dpi'] = 7\nnumpy.random.seed(1)"
    )
    look = (
        "import os, sys, pandas, matplotlib\n"
        "print('LEFT' in os.environ, hasattr(sys, 'left'), pandas.options.display.max_rows,"
        " matplotlib.rcParams['figure.dpi'] != 7)"
    )
    run(change)
    assert run(look) == ["False False 60 True"]


def test_random_numbers_differ_from_kernel_to_kernel(forked):
    source = "import random, uuid, numpy\nprint(numpy.random.random(), random.random(), uuid.uuid4())"
    (first,), (second,) = run(source), run(source)
    assert not set(first.split()) & set(second.split())


def test_the_memory_limit_holds_in_forked_and_plain_kernels(template, monkeypatch):
    for address in (template.address, ""):
        monkeypatch.setenv(TEMPLATE_VARIABLE, address)
        source = "import numpy\ntry:\n    numpy.ones(10**9)\nexcept MemoryError:\n    print('refused')"
        assert run(source, memory=2 * 10**9) == ["refused"]


def test_a_settings_file_in_the_folder_of_the_notebook_counts(forked, tmp_path):
    (tmp_path / "matplotlibrc").write_text("figure.dpi: 33\n", encoding="utf-8")
    assert run("import matplotlib\nprint(matplotlib.rcParams['figure.dpi'])", folder=tmp_path) == ["33.0"]


def test_a_kernel_dies_with_its_template(monkeypatch):
    mark = uuid.uuid4().hex
    monkeypatch.setenv(MARK, mark)
    made = Template("kernel").wait()
    monkeypatch.setenv(TEMPLATE_VARIABLE, made.address)
    from casekit.errors import ReportError

    with pytest.raises(ReportError, match="the kernel was killed"):
        run(f"import os, signal, time\nos.kill({made.process.pid}, signal.SIGKILL)\ntime.sleep(60)")
    assert wait_until(lambda: not marked(mark))
    made.close()


def test_a_template_ends_when_its_owner_lets_go(monkeypatch):
    mark = uuid.uuid4().hex
    monkeypatch.setenv(MARK, mark)
    made = Template("kernel")
    made.process.stdin.close()
    assert wait_until(lambda: made.process.poll() is not None, 60)
    assert not Path(made.address).parent.exists()
    made.close()


def test_papermill_itself_runs_on_forked_kernels(forked, tmp_path, monkeypatch):
    """The provisioner is registered by entry point: whoever asks for it by name gets it."""
    import papermill
    from jupyter_client.provisioning import KernelProvisionerFactory

    assert [point.name for point in entry_points(group=KernelProvisionerFactory.GROUP_NAME, name=NAME)]
    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", NAME)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import os\nprint(os.getppid())")])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    nbformat.write(notebook, tmp_path / "in.ipynb")
    monkeypatch.delenv("MPLBACKEND", raising=False)
    made = papermill.execute_notebook(tmp_path / "in.ipynb", tmp_path / "out.ipynb", progress_bar=False)
    assert made.cells[0].outputs[0].text.strip() == str(forked.process.pid)


def test_forked_and_plain_kernels_make_the_same_files(template, workbook, tmp_path, monkeypatch):
    """Notebook and page, figures included, but for the times."""
    from casekit.reports.run import make_report

    workbook(
        "90_all",
        markdown("# Title"),
        code("import matplotlib.pyplot as plt\nimport pandas as pd\nimport seaborn as sns\nimport sys, os"),
        code("frame = pd.DataFrame({'branch': list('abab'), 'amount': [1.5, 2, 3, 4]})\nframe"),
        code("sns.barplot(frame, x='branch', y='amount', errorbar=None);"),
        code("frame.plot(kind='scatter', x='amount', y='amount');"),
        code("plt.figure(); plt.plot([1, 2]); plt.title('$x^2$ and text')\nplt.gcf().number"),
        code("frame.groupby('branch')['amount'].describe()"),
        code("wide = pd.DataFrame([range(30)], columns=[f'a long name {i}' for i in range(30)])\nwide"),
        code("wide.iloc[:, :8]"),
        code("frame.style.hide(axis='index')"),
        code("wide.iloc[:, :2].style.highlight_max(), object()"),
        code("import warnings\nwarnings.warn('said by a cell')"),
        code("import warnings\nwarnings.filterwarnings('error')\nprint(sys.argv[0], os.getcwd())"),
        code("__name__, sys.path[:1], plt.get_backend(), sorted(plt.rcParams.items())"),
    )
    for folder, address in (("forked", template.address), ("plain", "")):
        monkeypatch.setenv(TEMPLATE_VARIABLE, address)
        make_report("all", {"capacity": 2}, out=tmp_path / folder, name="report")
    forked, plain = contents(tmp_path / "forked"), contents(tmp_path / "plain")
    assert json.dumps(plain).count("image/png") >= 3
    assert forked == plain


def test_a_kernel_ends_when_nobody_wants_it_any_more(forked):
    request = {"arguments": ["--help"], "cwd": "/", "env": dict(os.environ), "memory": None}
    child = Child(forked.address, {**request, "arguments": ["-f", "/nowhere/kernel.json"]})
    child.close()
    assert wait_until(lambda: child.pid not in marked(forked.mark))
    assert wait_until(lambda: not Path(f"/proc/{child.pid}").exists())
