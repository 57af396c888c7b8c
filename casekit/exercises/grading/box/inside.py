"""Runs one submission. Started inside the box as a program of its own; nothing outside imports it.

A plain Python process, not a Jupyter kernel: half the start-up time. Code cells run in order in one
namespace, standing in for ``__main__``; an error ends its cell and the next one runs, as in "Run all" with
errors allowed. Values leave as one JSON object a line on what was standard output; what the submission prints
goes to standard error.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def main() -> None:
    """Read the job from standard input, run it, send answers."""
    sys.path += [path for path in sys.argv[1:] if path not in sys.path]
    channel = os.dup(1)
    os.dup2(2, 1)
    os.set_inheritable(channel, False)
    os.write(channel, b'{"started": true}\n')

    import json

    with os.fdopen(0, "rb", closefd=False) as stream:
        job = json.loads(stream.read())
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    _limit(job["limits"])
    os.chdir(job["work"])
    for path, text in job["files"].items():
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as target:
            target.write(text)
    del stream

    if job["lean"]:
        _run_lean(job, channel)
        return
    from casekit.exercises.grading.box.inside_run import run

    run(job, channel)


def _limit(limits: "dict[str, int]") -> None:
    """Limits of the process and of all it starts; they cannot be raised again."""
    try:
        import resource
    except ImportError:  # Windows: the time limit alone holds
        return
    for name, value in limits.items():
        number = getattr(resource, name, None)
        if number is None:
            continue
        hard = resource.getrlimit(number)[1]
        most = hard if hard != resource.RLIM_INFINITY else value + 1
        above = value + 1 if name == "RLIMIT_CPU" else value  # first a signal that says why, then the end
        try:
            resource.setrlimit(number, (min(value, most), min(above, most)))
        except (ValueError, OSError):  # macOS refuses some; where it matters the probes find out
            continue


def _run_lean(job: "dict[str, Any]", channel: int) -> None:
    """Run cells without any package, for the probes: each tries one thing that the box must refuse."""
    import json

    names: dict[str, Any] = {}
    for source in job["cells"]:
        exec(source, names)
        for wanted in job["wanted"]:
            if wanted["name"] in names:
                record = {"answer": wanted["id"], "value": names.pop(wanted["name"])}
                os.write(channel, json.dumps(record).encode() + b"\n")
    os.write(channel, b'{"done": true}\n')


if __name__ == "__main__":
    main()
