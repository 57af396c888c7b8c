"""Probes: before anything is graded, the box must show that it holds what it promises.

Each probe runs code that tries one thing in a real box. One that succeeds stops grading with its name; a box
that keeps only part of its promise is never used in silence.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from casekit import errors
from casekit._text import _
from casekit.exercises.grading.box import bubblewrap
from casekit.exercises.grading.box.job import Job, Wanted
from casekit.exercises.grading.box.limits import MEGABYTE, Limits
from casekit.exercises.grading.box.run import BoxError, run_job

#: Tries whose value must be True: the box refused. ``{...}`` is filled in below.
_TRIES = {
    "files": """
def unread(path):
    try:
        with open(path, "rb") as stream:
            stream.read(1)
    except OSError:
        return True
    return False
files = [path for path in FILES if not unread(path)] == []
""",
    "writing": """
import os, sys
def unwritten(folder):
    try:
        with open(os.path.join(folder, "probe"), "w") as stream:
            stream.write("1")
    except OSError:
        return True
    return False
writing = all(map(unwritten, ["/", "/usr", "/dev", sys.prefix, sys.base_prefix, PACKAGE]))
""",
    "network": """
import socket
def closed(family, address):
    try:
        with socket.socket(family, socket.SOCK_STREAM) as line:
            line.settimeout(0.5)
            line.connect(address)
    except OSError:
        return True
    return False
network = closed(socket.AF_INET, ("127.0.0.1", PORT)) and closed(socket.AF_UNIX, NAME)
network = network and closed(socket.AF_INET, ADDRESS) and os.listdir("/sys/class/net") == ["lo"] \\
    if os.path.exists("/sys/class/net") else network and closed(socket.AF_INET, ADDRESS)
""",
    "processes": """
import glob
def shown(path):
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except OSError:
        return b""
processes = not any(TOKEN.encode() in shown(path) for path in glob.glob("/proc/[0-9]*/cmdline"))
""",
    "rights": """
rights = os.getuid() != 0
with open("/proc/self/status") as stream:
    status = dict(line.split(":", 1) for line in stream)
rights = rights and int(status["CapEff"], 16) == 0 and status["NoNewPrivs"].strip() == "1"
""",
    "disk": """
def full(folder):
    written = 0
    try:
        for number in range(4):
            with open(os.path.join(folder, str(number)), "wb") as stream:
                for _ in range(DISK // 4000000 + 2):
                    written += stream.write(bytes(1000000))
                    stream.flush()
    except OSError:
        pass
    for name in "0123":
        if os.path.exists(os.path.join(folder, name)):
            os.remove(os.path.join(folder, name))
    return written <= DISK + 1000000
disk = full("/tmp") and full("/dev/shm")
""",
    "memory": """
try:
    bytearray(MEMORY + 1000000)
    memory = False
except MemoryError:
    memory = True
""",
    "forks": """
import signal, time
children = []
try:
    while len(children) < 2 * PROCESSES:
        child = os.fork()
        if child == 0:
            time.sleep(20)
            os._exit(0)
        children.append(child)
except OSError:
    pass
forks = 0 < len(children) < PROCESSES
for child in children:
    os.kill(child, signal.SIGKILL)
for child in children:
    os.waitpid(child, 0)
""",
    "kill": """
try:
    os.kill(-1, signal.SIGKILL)
except OSError:
    pass
kill = True
""",
}


@dataclass(frozen=True)
class Probe:
    """One promise of the box, and whether it held."""

    name: str
    promise: str
    held: bool


def _promises() -> dict[str, str]:
    return {
        "start": _("a box can be started"),
        "files": _("files of this computer cannot be read"),
        "writing": _("nothing but its own folder can be written"),
        "network": _("there is no network"),
        "processes": _("other processes cannot be seen"),
        "kill": _("other processes cannot be ended"),
        "rights": _("it runs without rights"),
        "disk": _("the disk limit holds"),
        "memory": _("the memory limit of a process holds"),
        "all memory": _("the memory limit of all its processes together holds"),
        "forks": _("the limit on processes holds"),
        "processor": _("the limit on processor time holds"),
        "time": _("the time limit holds"),
    }


def require_box(*, limits: Limits | None = None, secret_files: Sequence[Path] = ()) -> None:
    """Refuse to grade unless every promise of the box holds on this machine.

    Raises
    ------
    BoxError
        With the names of the promises that do not hold, and the way out.
    """
    missing = bubblewrap.missing_programs()
    if missing:
        problem = errors.must_hold(
            _("the box needs bubblewrap, setpriv and Linux"),
            got=_("no {programs}").format(programs=", ".join(missing)),
            hint=_("apt-get install bubblewrap; elsewhere --box limited, which the mark sheet then says"),
        )
        raise BoxError(problem.text("grade"))
    broken = [probe for probe in probe_box(limits=limits, secret_files=secret_files) if not probe.held]
    if broken:
        problem = errors.must_hold(
            _("the box must keep every promise before anything is graded"),
            got=_("broken: {names}").format(
                names="; ".join(f"{probe.name} ({probe.promise})" for probe in broken)
            ),
            hint=_way_out({probe.name for probe in broken}),
        )
        raise BoxError(problem.text("grade"))


def _way_out(broken: set[str]) -> str:
    if "start" in broken:
        return _(
            "allow user namespaces (sysctl kernel.unprivileged_userns_clone=1; on Ubuntu also"
            " kernel.apparmor_restrict_unprivileged_userns=0; in a container"
            " --security-opt seccomp=unconfined), or --box limited, which the mark sheet then says"
        )
    if "files" in broken:
        return _(
            "keep the course folder, the roster and the uploads outside the folders of Python and packages"
        )
    return _("grade on a Linux kernel from 5.14 on, or --box limited, which the mark sheet then says")


def probe_box(*, limits: Limits | None = None, secret_files: Sequence[Path] = ()) -> tuple[Probe, ...]:
    """Try in real boxes all that a submission must not be able to do; about a second.

    Parameters
    ----------
    limits : Limits, optional
    secret_files : sequence of path
        Files that a submission must not see: course key, roster, uploads.

    Returns
    -------
    tuple of Probe
    """
    limits = limits or Limits()
    with _bystanders() as known, ThreadPoolExecutor(3) as pool:
        tries = pool.submit(
            _try_all, replace(limits, seconds=_LONG, cpu_seconds=_LONG), [*map(str, secret_files)], known
        )
        short = replace(limits, cpu_seconds=1.0, seconds=_LONG)
        slow = replace(limits, cpu_seconds=_LONG, seconds=1.0)
        small = replace(limits, memory=200 * MEGABYTE, seconds=_LONG)
        processor = pool.submit(_ends_as, "while True: pass", short, "timed out")
        idle = pool.submit(_ends_as, "import time; time.sleep(120)", slow, "timed out")
        try:
            held = tries.result()
            held |= {"processor": processor.result(), "time": idle.result()}
            held["all memory"] = _ends_as(_SEVERAL, small, "out of memory")
        except BoxError as error:
            return (Probe("start", str(error), False),)
    promises = _promises()
    return tuple(Probe(name, promises[name], value) for name, value in held.items())


#: Seconds after which a limit that is tried for is taken not to hold; a busy machine may be slow.
_LONG = 60.0

_SEVERAL = """
import os, time
for _ in range(4):
    if os.fork() == 0:
        kept = bytearray(b"1") * 120000000
        time.sleep(60)
        os._exit(0)
time.sleep(60)
"""


def _try_all(limits: Limits, hidden: list[str], known: dict[str, object]) -> dict[str, bool]:
    names = {
        **known,
        "FILES": [*hidden, known["CANARY"]],
        "PACKAGE": str(bubblewrap.PACKAGE),
        "DISK": limits.disk,
        "MEMORY": limits.memory,
        "PROCESSES": limits.processes,
    }
    given = "\n".join(f"{name} = {value!r}" for name, value in names.items())
    job = Job((given, *_TRIES.values()), tuple(Wanted(name, name) for name in _TRIES), lean=True)
    answers = run_job(job, limits=limits).answers
    held = {name: answers.get(name) is True for name in _TRIES}
    process = known["PROCESS"]
    held["kill"] = held["kill"] and isinstance(process, _Shown) and process.running()
    return {"start": True, **held}


def _ends_as(code: str, limits: Limits, status: str) -> bool:
    outcome = run_job(Job((code,), (), lean=True), limits=limits)
    return outcome.status == status and outcome.seconds < _LONG / 2


class _Shown:
    """A process outside the box that must survive; prints as nothing, so the box learns nothing."""

    def __init__(self, token: str):
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", "import sys; sys.stdin.read()", token], stdin=subprocess.PIPE
        )

    def __repr__(self) -> str:
        return "None"

    def running(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        self._process.communicate()


@contextlib.contextmanager
def _bystanders() -> Iterator[dict[str, object]]:
    """A file, a process and two open sockets outside, for the box to find if it can."""
    token = secrets.token_hex(12)
    process = _Shown(token)
    with contextlib.ExitStack() as stack:
        stack.callback(process.end)
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="casekit-"))
        canary = Path(folder) / "canary"
        canary.write_text(token)
        os.chmod(folder, 0o755)
        line = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        local = stack.enter_context(socket.socket(socket.AF_UNIX))
        local.bind("\0" + token)
        local.listen()
        address = ("192.0.2.1", 9)  # of the range kept for examples: reachable by nobody
        yield {
            "TOKEN": token,
            "PROCESS": process,
            "CANARY": str(canary),
            "PORT": line.getsockname()[1],
            "NAME": "\0" + token,
            "ADDRESS": address,
        }
