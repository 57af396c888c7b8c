"""Keeps template processes ready and forks a batch for each line it reads: tests need not wait for imports.

A line holds the arguments of ``run_batch``, variables to set, and a file for the progress; the answers are
the batch's process id and, later, its exit code.
"""

import json
import os
import signal
import sys


def main():
    """Serve until the input ends."""
    from casekit import errors
    from casekit.reports.batch.crew import Stock
    from casekit.reports.batch.engine import run_batch
    from casekit.reports.batch.progress import JsonLines
    from casekit.reports.task import Task

    with Stock() as stock:
        stock.ready()
        own = [stock.kernels.process.pid, stock.workers.process.pid]
        say(ready=own)
        for line in sys.stdin:
            request = json.loads(line)
            pid = os.fork()
            if pid == 0:
                os._exit(run(request, stock, run_batch, JsonLines, Task, errors))
            say(pid=pid)
            _pid, status = os.waitpid(pid, 0)
            say(code=os.waitstatus_to_exitcode(status))


def say(**answer):
    """One line to the test."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def run(request, stock, run_batch, listener, task, errors):
    """In the child: the batch."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.update(request["environment"])
    tasks = [task(name, case, parameters) for name, case, parameters in request["tasks"]]
    with open(request["log"], "w", encoding="utf-8") as log:
        try:
            settings = {"stock": stock, **request["settings"]}
            summary = run_batch(tasks, out=request["out"], listener=listener(log), **settings)
            return summary.exit_code
        except errors.InputError as error:
            log.write(json.dumps({"event": "refused", "message": str(error)}) + "\n")
            return 2


if __name__ == "__main__":
    main()
