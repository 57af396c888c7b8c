"""A batch on a cluster of two worker processes, one of which is killed as soon as a report is made.

Prints what became of it as one line of JSON.
"""

import json
import os
import signal
import sys
from pathlib import Path


def main(out, reports):
    """Run it."""
    from distributed import Client, LocalCluster

    from casekit.reports.batch.engine import run_batch
    from casekit.reports.batch.progress import Listener
    from casekit.reports.task import Task

    class Killer(Listener):
        killed = None

        def finished(self, outcome, done, total):
            if self.killed is None:
                self.killed = sorted(pids)[0]
                os.kill(self.killed, signal.SIGKILL)

    tasks = [Task(f"report{number}", "90_slow", {"capacity": number}) for number in range(1, reports + 1)]
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        with Client(cluster) as client:
            pids = list(client.run(os.getpid).values())
        killer = Killer()
        summary = run_batch(tasks, out=out, scheduler=cluster.scheduler_address, listener=killer)
        again = run_batch(tasks, out=out, scheduler=cluster.scheduler_address)
    result = {
        "killed": killer.killed,
        "first": {item.name: item.status for item in summary.outcomes},
        "messages": [item.message for item in summary.outcomes if item.message],
        "again": {item.name: item.status for item in again.outcomes},
        "exit_code": summary.exit_code,
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
