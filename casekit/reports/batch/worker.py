"""A worker process: reads tasks, one line of JSON each, makes their reports, answers with one line each.

It ends when its input ends. If that happens in the middle of a report, or on SIGTERM, it ends the kernel,
keeps the partial notebook and leaves.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import time
from typing import IO, Any

#: Seconds a worker may take to leave once it is told to.
GRACE = 8.0


def main() -> int:
    """Work until the input ends."""
    orders, answers = _own_channels()
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    busy = threading.Event()
    signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=_listen, args=(orders, inbox, busy), daemon=True).start()
    try:
        _work(inbox, answers, busy)
    except KeyboardInterrupt:
        return 128 + signal.SIGTERM
    return 0


def _work(inbox: queue.SimpleQueue[bytes], answers: IO[bytes], busy: threading.Event) -> None:
    from casekit.reports.batch.work import Order, make
    from casekit.reports.formats import Converters
    from casekit.reports.task import Task

    with Converters() as converters:
        while line := inbox.get():
            busy.set()
            message = json.loads(line)
            outcome = make(Task.from_json(message["task"]), Order(**message["order"]), converters)
            busy.clear()
            answers.write(json.dumps(outcome.as_dict()).encode() + b"\n")
            answers.flush()


def _own_channels() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output for ourselves alone: what a library prints goes to standard error."""
    orders = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return orders, answers


def _listen(orders: IO[bytes], inbox: queue.SimpleQueue[bytes], busy: threading.Event) -> None:
    """Hand on what is asked for; at the end of the input stop what is being made."""
    for line in orders:
        inbox.put(line)
    inbox.put(b"")
    if busy.is_set():
        _interrupt_main_thread()
        time.sleep(GRACE)
        os._exit(1)


def _interrupt_main_thread() -> None:
    if sys.platform == "win32":
        signal.raise_signal(signal.SIGINT)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


def _stop(_number: int, frame: Any) -> None:
    """SIGTERM does what Ctrl-C does, once; whoever is still here after a while is ended."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    leave = threading.Timer(GRACE, os._exit, args=(1,))
    leave.daemon = True
    leave.start()
    handler = signal.getsignal(signal.SIGINT)
    if callable(handler):
        handler(signal.SIGINT, frame)


if __name__ == "__main__":
    sys.exit(main())
