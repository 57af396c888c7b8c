"""Executes a notebook in a kernel of its own and says what became of it."""

from __future__ import annotations

import asyncio
import os
import re
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from traitlets import Int

from casekit import errors
from casekit._text import _, format_number
from casekit.reports.cases import Case
from casekit.reports.kernels.manager import ReportKernelManager
from casekit.reports.kernels.messages import ONE_THREAD

#: Arguments of a kernel that nobody watches: on the loopback interface its warnings help nobody.
QUIET_KERNEL = ["--log-level=CRITICAL", "--HistoryManager.hist_file=:memory:"]

#: Seconds that a kernel over its time may take to be told so, before the whole run is given up.
PATIENCE = 15.0

_WARNING = re.compile(r"^(?:.*?: )?(?P<text>\w*Warning: .+)$", re.MULTILINE)


@dataclass
class Execution:
    """A notebook that was run: as it stands, and what is known of its kernel.

    Attributes
    ----------
    notebook : mapping
        The executed notebook, complete only if nothing was raised.
    step : int
        Index of the cell that began last.
    peak_memory : int or None
        Bytes that the kernel used at most.
    exit_code : int or None
        How the kernel ended; negative for a signal.
    computed : float or None
        Seconds of processor time that a forked kernel used.
    """

    notebook: Any
    step: int = 0
    peak_memory: int | None = None
    exit_code: int | None = None
    computed: float | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """The warnings that cells wrote, once each."""
        outputs = [output for cell in self.notebook["cells"] for output in cell.get("outputs", [])]
        text = "\n".join("".join(o.get("text", "")) for o in outputs if o.get("name") == "stderr")
        return tuple(dict.fromkeys(match["text"].strip() for match in _WARNING.finditer(text)))


class ReportRun(NotebookClient):
    """nbclient's runner with kernels of casekit's provisioner, which ends its kernel whatever happens."""

    memory_limit = Int(None, allow_none=True)

    def __init__(self, execution: Execution, **settings: Any):
        super().__init__(execution.notebook, kernel_manager_class=ReportKernelManager, **settings)
        self.execution = execution

    @asynccontextmanager
    async def async_setup_kernel(self, **settings: Any) -> AsyncGenerator[None, None]:
        """Start a kernel, and end it, also when the run is cancelled."""
        manager: Any = self.create_kernel_manager()
        manager.memory_limit = self.memory_limit
        try:
            await self.async_start_new_kernel(**settings)
            await self.async_start_new_kernel_client()
            yield
        finally:
            if manager.has_kernel:
                await manager.is_alive()
            if self.km is not None:
                await self._async_cleanup_kernel()
            self.execution.exit_code = getattr(manager.provisioner, "exit_code", None)
            self.execution.peak_memory = getattr(manager.provisioner, "peak_memory", None)
            self.execution.computed = getattr(manager.provisioner, "computed", None)

    async def async_execute_cell(self, cell: Any, cell_index: int, *given: Any, **settings: Any) -> Any:
        """Remember where the run is."""
        if cell["cell_type"] == "code":
            self.execution.step = cell_index
        return await super().async_execute_cell(cell, cell_index, *given, **settings)


def execute(
    execution: Execution,
    *,
    name: str,
    folder: Path,
    time_limit: float,
    environment: Mapping[str, str] | None = None,
    memory: int | None = None,
) -> None:
    """Run every cell of ``execution.notebook`` that is not tagged ``skip-execution``.

    Parameters
    ----------
    execution : Execution
        Holds the notebook; filled in as the run goes on, so that a part is there if it fails.
    name : str
        What messages call the notebook.
    folder : Path
        Working directory of the kernel.
    time_limit : float
        Seconds the whole run may take.
    environment : mapping, optional
        Variables for the kernel beside those of this process.
    memory : int, optional
        Bytes the kernel may allocate.

    Raises
    ------
    ReportError
        If a cell raised, the time was over, or the kernel died.
    """
    deadline = time.monotonic() + time_limit
    run = ReportRun(
        execution,
        kernel_name="python3",
        timeout_func=lambda _cell: max(1, int(deadline - time.monotonic())),
        extra_arguments=list(QUIET_KERNEL),
        memory_limit=memory,
    )
    variables = kernel_environment(environment or {})

    async def bounded() -> None:
        await asyncio.wait_for(run.async_execute(cwd=str(folder), env=variables), time_limit + PATIENCE)

    try:
        _run(bounded)
    except (CellExecutionError, CellTimeoutError, DeadKernelError, TimeoutError, RuntimeError) as error:
        raise errors.ReportError(_reason(error, execution, name, time_limit, memory)) from error


def _reason(error: Exception, execution: Execution, name: str, time_limit: float, memory: int | None) -> str:
    """What went wrong, in which step."""
    step = step_of(execution.notebook, execution.step)
    if isinstance(error, CellExecutionError):
        text = _("{case}: step {step} failed with {error}: {message}")
        return text.format(case=name, step=step, error=error.ename, message=str(error.evalue).strip())
    if isinstance(error, TimeoutError):
        text = _("{case}: step {step} was still running after {seconds} seconds")
        return text.format(case=name, step=step, seconds=round(time_limit))
    if execution.exit_code == -9:
        text = _("{case}: the kernel was killed in step {step}, as the system does when memory runs out")
        return text.format(case=name, step=step)
    if isinstance(error, DeadKernelError) or execution.exit_code is not None:
        text = _("{case}: the kernel died in step {step} with exit status {status}")
        if memory is not None:
            text = _(
                "{case}: the kernel died in step {step} with exit status {status}; "
                "it was allowed {size} MB of memory: try more (--memory)"
            )
        size = format_number((memory or 0) / 1e6, digits=0)
        return text.format(case=name, step=step, status=execution.exit_code, size=size)
    return _("{case}: no kernel could be used: {message}").format(case=name, message=error)


def _run(task: Callable[[], Any]) -> None:
    """Run a coroutine to its end; Ctrl-C cancels it and is raised when its kernel is gone."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(task())
        return
    _run_in_thread(task)


def _run_in_thread(task: Callable[[], Any]) -> None:
    """The same where a loop runs already, as in a notebook."""
    failure: list[BaseException] = []

    def work() -> None:
        try:
            with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
                runner.run(task())
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if failure:
        raise failure[0]


def kernel_environment(more: Mapping[str, str]) -> dict[str, str]:
    """The variables of a kernel: those of this process, one thread for linear algebra unless the reader has
    said otherwise, and never ``MPLBACKEND``, with which figures would vanish without a word."""
    made = {**ONE_THREAD, **os.environ, **more}
    made.pop("MPLBACKEND", None)
    return made


@contextmanager
def figures_in_the_notebook() -> Iterator[None]:
    """Start kernels without the caller's ``MPLBACKEND``: with it figures would vanish without a word."""
    backend = os.environ.pop("MPLBACKEND", None)
    try:
        yield
    finally:
        if backend is not None:
            os.environ["MPLBACKEND"] = backend


def prepare_notebook(case: Case, values: Mapping[str, Any]) -> Any:
    """The notebook of a case with its parameters injected, as papermill does it."""
    import logging

    import nbformat
    from papermill.parameterize import parameterize_notebook

    # papermill warns of parameters typed ``X | None`` and then does right.
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    notebook = nbformat.from_dict(case.notebook)
    notebook.metadata["papermill"] = {}
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
    made = parameterize_notebook(notebook, dict(values), kernel_name="python3", language="python")
    made.metadata.pop("papermill", None)
    for cell in made.cells:
        if "injected-parameters" in cell.metadata["tags"]:
            # Two runs of one report are to be the same file.
            cell["id"] = "injected-parameters"
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return made


def step_of(notebook: Mapping[str, Any], cell_index: int) -> str:
    """The heading above a cell, quoted; without one, the cell's number."""
    headings = [
        line.lstrip("# ").strip()
        for cell in notebook["cells"][: cell_index + 1]
        if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).splitlines()
        if line.startswith("#")
    ]
    return f"“{headings[-1]}”" if headings else str(cell_index + 1)


def require_complete(case: Case, notebook: Mapping[str, Any]) -> None:
    """A report counts only if every code cell that should run has run: nobody's word is enough."""
    for index, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code" or not "".join(cell["source"]).strip():
            continue
        if "skip-execution" in cell["metadata"].get("tags", []):
            continue
        if cell.get("execution_count") is None:
            text = _("{case}: the run ended before step {step}")
            raise errors.ReportError(text.format(case=case.name, step=step_of(notebook, index)))
    if _figures(case.notebook) and not _figures(notebook):
        raise errors.ReportError(_("{case}: the run ended without a figure").format(case=case.name))


def _figures(notebook: Mapping[str, Any]) -> int:
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return sum("image/png" in output.get("data", {}) for output in outputs)
