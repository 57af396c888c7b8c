"""The child that becomes a kernel, and what its template imports beforehand.

Nothing of zmq, no thread and no event loop exists before the fork, and never matplotlib's inline backend: it
binds itself to the shell that is there when it is imported, and figures would vanish without a word.
"""

from __future__ import annotations

import atexit
import gc
import os
import resource
import sys
from typing import Any

#: What nearly every report imports, directly or through casekit, and what a kernel imports as it starts.
LIBRARIES = (
    "numpy",
    "scipy.special",
    "scipy.optimize",
    "pandas",
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "seaborn",
    "ipywidgets",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "jupyter_client.localinterfaces",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
    "tornado.queues",
    "zmq.utils.garbage",
    "casekit",
    "casekit.datasets",
    "casekit.information",
    "casekit.plots",
    "casekit.reports.parameters",
    "casekit.tables",
    "casekit.widgets",
)

#: Columns of a table that pandas shows where it is imported by a kernel.
COLUMNS_IN_A_KERNEL = 20

_SETTINGS_FILE: dict[str, str] = {}


def prepare() -> None:
    """Import the libraries and use them once, so that fonts are found and code is warm."""
    import importlib
    import warnings

    for name in LIBRARIES:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    _wide_tables_as_in_a_kernel()
    # What is warned of here must be warned of again in the report that does it.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _use_once()
    if "matplotlib_inline.backend_inline" in sys.modules:
        sys.exit("a library has brought the inline backend along: figures of forked kernels would vanish")
    _SETTINGS_FILE["path"] = _settings_file()
    gc.collect()
    gc.freeze()


def _wide_tables_as_in_a_kernel() -> None:
    """pandas, imported where no kernel is, takes it for a terminal and prints wide tables otherwise."""
    import pandas

    pandas.set_option("display.max_columns", COLUMNS_IN_A_KERNEL)


def _use_once() -> None:
    """Group, print and draw a small table, away from pyplot, whose figures are a report's own."""
    import io

    import pandas as pd
    import seaborn
    from jupyter_client.localinterfaces import localhost
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    localhost()
    table = pd.DataFrame({"group": list("abcabc"), "x": range(6), "y": [2.5, 1.0, 4.0, 3.5, 5.0, 4.5]})
    means = table.pivot_table(index="x", columns="group", values="y", aggfunc="sum")
    for frame in (table, means, table.groupby("group")["y"].agg(["count", "mean"]).round(1)):
        frame._repr_html_()
        repr(frame)
    figure = Figure(figsize=(4, 3), dpi=50)
    for axes, (plot, settings) in zip(
        figure.subplots(2, 2).flat,
        (
            (seaborn.barplot, {"data": table, "x": "group", "y": "y", "errorbar": None}),
            (seaborn.histplot, {"data": table, "x": "y", "hue": "group", "element": "step"}),
            (seaborn.lineplot, {"data": means}),
            (seaborn.scatterplot, {"data": table, "x": "x", "y": "y", "hue": "group"}),
        ),
        strict=True,
    ):
        plot(ax=axes, **settings)
        axes.set(title="Title", xlabel="Amount", ylabel="Share (%)")
    FigureCanvasAgg(figure).print_figure(io.BytesIO(), bbox_inches="tight")


def run(request: dict[str, Any]) -> int:
    """Become the kernel that ``python -m ipykernel_launcher ARGUMENTS`` would be."""
    sys.argv = [_launcher(), *request["arguments"]]
    _prefer_as_victim()
    if request.get("memory"):
        resource.setrlimit(resource.RLIMIT_DATA, (request["memory"], resource.RLIM_INFINITY))
    _fresh_random_state()
    _read_matplotlib_settings_again()

    from ipykernel.kernelapp import IPKernelApp

    kernel = IPKernelApp.instance()
    kernel.initialize(sys.argv[1:])
    _use_backend_of_environment()
    kernel.start()
    # Closing sockets one by one can wait seconds for a thread that has gone; the process ends at once anyway.
    atexit.unregister(kernel.close)
    return 0


def _launcher() -> str:
    """The file that a kernel names as its program."""
    from importlib.util import find_spec

    specification = find_spec("ipykernel_launcher")
    return specification.origin or "" if specification else ""


def _prefer_as_victim() -> None:
    """When memory runs out the system shall end a report rather than the batch."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
            file.write("500")
    except OSError:
        pass


def _fresh_random_state() -> None:
    """The state of NumPy's old generator was copied by the fork; Python's own is renewed by Python."""
    import numpy

    numpy.random.seed()  # noqa: NPY002


def _read_matplotlib_settings_again() -> None:
    """A settings file in the notebook's folder counts, as where a kernel imports matplotlib itself."""
    import matplotlib

    if _settings_file() != _SETTINGS_FILE["path"]:
        matplotlib.rc_file(matplotlib.matplotlib_fname())


def _settings_file() -> str:
    import matplotlib

    return os.path.realpath(matplotlib.matplotlib_fname())


def _use_backend_of_environment() -> None:
    """matplotlib looks at ``MPLBACKEND`` when it is imported; ipykernel has set it since."""
    import matplotlib

    if os.environ.get("MPLBACKEND"):
        matplotlib.rcParams["backend"] = os.environ["MPLBACKEND"]
