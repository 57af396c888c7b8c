"""Inside the box: names what a submission tries. It keeps nothing from happening; the box does that."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable
from typing import Any

#: Places that Python and its packages look at by themselves.
HARMLESS = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/dev",
    "/tmp",
    "/sys/devices/system",
    "/sys/fs/cgroup",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/etc/ld.so",
    "/etc/localtime",
    "/etc/timezone",
    "/etc/mime.types",
    "/etc/apache2",
    "/etc/httpd",
    "/etc/os-release",
    "/etc/fonts",
    "/opt/workbook",
)

_NETWORK = {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}
_PROGRAMS = {
    "os.fork",
    "os.forkpty",
    "os.exec",
    "os.posix_spawn",
    "os.system",
    "subprocess.Popen",
    "os.spawn",
}
_BY_ITSELF = {"fc-list", "ldconfig", "lscpu", "uname"}
_FILES = {"open", "os.listdir", "os.scandir", "os.chdir", "os.symlink", "os.link", "os.rename", "os.remove"}
_KILL = {"os.kill", "os.killpg"}

#: Parts of packages that a submission has no reason to replace.
_GUARDED = (
    "builtins",
    "json",
    "math",
    "numpy",
    "pandas",
    "casekit.exercises",
    "casekit.exercises.checking.check",
    "casekit.exercises.checking.answers",
)
_CLASSES = {"pandas": ("Series", "DataFrame", "Index"), "numpy": ("float64",)}


def watch(note: Callable[[str, str], None], *, work: str) -> None:
    """Note files, networks, programs and signals from here on."""
    harmless = (*HARMLESS, work, sys.prefix, sys.base_prefix, *_casekit(), *filter(None, sys.path))
    busy = False

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal busy
        if busy:
            return
        busy = True
        try:
            _look(event, arguments, harmless, note)
        except Exception:  # never in the way of the submission
            return
        finally:
            busy = False

    sys.addaudithook(hook)


def _look(
    event: str, arguments: tuple[Any, ...], harmless: tuple[str, ...], note: Callable[..., None]
) -> None:
    if event in _FILES:
        path = arguments[0] if arguments else None
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if isinstance(path, str) and not _is_harmless(os.path.abspath(path), harmless):
            note("files", path)
    elif event in _NETWORK:
        note(
            "network", str(arguments[1] if event in ("socket.connect", "socket.bind") else arguments[0])[:80]
        )
    elif event == "socket.__new__" and int(arguments[1]) > 1:  # 1 is AF_UNIX, which stays in the box
        note("network", f"socket of family {int(arguments[1])}")
    elif event in _PROGRAMS and os.path.basename(str(arguments[0] if arguments else "")) not in _BY_ITSELF:
        note("programs", event if event in ("os.fork", "os.forkpty") else str(arguments[0])[:60])
    elif event in _KILL and arguments[0] <= os.getpid():  # processes of its own came later
        note("kill", f"process {arguments[0]}")


def _is_harmless(path: str, harmless: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(place.rstrip("/") + "/") for place in harmless)


def _casekit() -> tuple[str, ...]:
    import casekit

    return (os.path.dirname(os.path.abspath(casekit.__file__)), sysconfig.get_path("purelib"))


class Patches:
    """Remembers what packages hold before the run, to say what a submission replaced."""

    def __init__(self) -> None:
        self._before = {name: dict(holder) for name, holder in _holders()}
        self._put_back: list[str] = []

    def put_back(self) -> None:
        """Give the built-in names and ``json`` back what a cell replaced: the runner needs them itself."""
        for name in ("builtins", "json"):
            holder, before = sys.modules[name].__dict__, self._before[name]
            changed = [
                key for key in before if key not in _MOVING and holder.get(key, _MOVING) is not before[key]
            ]
            holder.update({key: before[key] for key in changed})
            self._put_back += [f"{name}.{key}" for key in changed]

    def found(self, namespace: dict[str, Any]) -> list[str]:
        """Names that were replaced or removed, five at most; a ``check`` of one's own counts."""
        try:
            changed = [*dict.fromkeys(self._put_back), *self._changed()]
            check = sys.modules["casekit.exercises.checking.check"].__dict__.get("check")
            if "check" in namespace and namespace["check"] is not check:
                changed.append("check")
        except Exception:
            return ["sys.modules"]
        return changed[:5]

    def _changed(self) -> Any:
        now = dict(_holders())
        for name, before in self._before.items():
            holder = now.get(name, {})
            for key, value in before.items():
                if key not in _MOVING and holder.get(key, _MOVING) is not value:
                    yield f"{name}.{key}"


_MOVING = {"_", "__warningregistry__", "_session_cache"}


def _holders() -> Any:
    for name in _GUARDED:
        module = sys.modules.get(name)
        if module is not None:
            yield name, module.__dict__
            for part in _CLASSES.get(name, ()):
                yield f"{name}.{part}", module.__dict__[part].__dict__
