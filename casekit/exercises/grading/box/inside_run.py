"""Inside the box: run the cells, and send what the answers hold after each."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import sys
import types
from typing import Any

from casekit.exercises.checking.answers import call_function, encode
from casekit.exercises.grading.box.inside_jupyter import Jupyter, as_python
from casekit.exercises.grading.box.inside_watch import Patches, watch

#: Bytes of one error message that are sent.
SHORT = 300


def run(job: dict[str, Any], channel: int) -> None:
    """Run every cell of the job and send answers, errors and notes through ``channel``."""
    send, leave = Sender(channel), os._exit
    namespace = _fresh_main()
    jupyter = Jupyter(namespace, lambda what: send.note("magic", what))
    jupyter.install()
    patches = Patches()
    watch(send.note, work=job["work"])
    known: dict[str, Any] = {}
    _send_written_texts(job, send)
    for number, source in enumerate(job["cells"], start=1):
        _run_cell(number, source, namespace, send)
        patches.put_back()
        for wanted in job["wanted"]:
            if wanted["kind"] != "function":
                _send_if_new(wanted, namespace, known, send)
    known.clear()
    for wanted in job["wanted"]:
        if wanted["kind"] == "function":
            _send_outputs(wanted, namespace, send)
        else:
            _send_if_new(wanted, namespace, known, send)
    changed = patches.found(namespace)
    if changed:
        send.note("changed", ", ".join(changed))
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    send.record({"done": True})
    leave(0)  # threads that a submission left running are not waited for


class Sender:
    """Writes records straight to the channel, past what a submission does to ``print`` or ``sys.stdout``."""

    def __init__(self, channel: int, write: Any = os.write, dumps: Any = json.dumps):
        self._channel, self._write, self._dumps = channel, write, dumps
        self._sent: set[tuple[str, str]] = set()

    def record(self, record: dict[str, Any]) -> None:
        line = self._dumps(record, allow_nan=False).encode() + b"\n"
        while line:
            line = line[self._write(self._channel, line) :]

    def note(self, kind: str, detail: str) -> None:
        """Send a note once."""
        detail = str(detail)[:SHORT]
        if (kind, detail) not in self._sent and len(self._sent) < 40:
            self._sent.add((kind, detail))
            self.record({"note": kind, "detail": detail})


def _fresh_main() -> dict[str, Any]:
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    return module.__dict__


def _send_written_texts(job: dict[str, Any], send: Sender) -> None:
    """Send texts as they stand in the notebook: they count even if nothing runs."""
    names = {wanted["name"]: wanted["id"] for wanted in job["wanted"] if wanted["kind"] == "free_text"}
    texts: dict[str, str] = {}
    for source in job["cells"] if names else ():
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            for node in ast.parse(source).body:
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                    found = [target.id for target in node.targets if isinstance(target, ast.Name)]
                    if isinstance(node.value.value, str):
                        texts |= {name: node.value.value for name in found if name in names}
    for name, text in texts.items():
        send.record({"answer": names[name], "value": encode(text)})


def _run_cell(number: int, source: str, namespace: dict[str, Any], send: Sender) -> None:
    try:
        code = compile(as_python(source), f"<cell {number}>", "exec")
        exec(code, namespace)
    except MemoryError:
        send.note("memory", f"cell {number}")
        send.record({"error": "MemoryError", "cell": number})
    except BaseException as error:
        send.record({"error": _in_words(error), "cell": number})


def _in_words(error: BaseException) -> str:
    try:
        text = f"{type(error).__name__}: {error}"
    except BaseException:
        text = "an error that cannot be shown"
    return text[:SHORT]


def _send_if_new(
    wanted: dict[str, Any], namespace: dict[str, Any], known: dict[str, Any], send: Sender
) -> None:
    """Send an answer that was assigned since the last cell; after the last cell all are sent once more."""
    value = namespace.get(wanted["name"], ...)
    if wanted["id"] in known and known[wanted["id"]] is value:
        return
    known[wanted["id"]] = value
    if wanted["kind"] == "free_text" and (type(value) is not str or not value.strip()):
        return  # what stands in the notebook counts
    _send_value(wanted["id"], lambda: encode(value), send)


def _send_outputs(wanted: dict[str, Any], namespace: dict[str, Any], send: Sender) -> None:
    function = namespace.get(wanted["name"])
    inputs = [tuple(arguments) for arguments in wanted["inputs"]]
    _send_value(wanted["id"], lambda: call_function(function, inputs), send)


def _send_value(question: str, make: Any, send: Sender) -> None:
    try:
        send.record({"answer": question, "value": make()})
    except MemoryError:
        send.note("memory", f"answer {question}")
    except BaseException:  # a hostile object, or a number of a thousand digits
        send.record({"answer": question, "value": {"other": "object"}})
