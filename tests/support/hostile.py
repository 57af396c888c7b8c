"""What students who mean harm hand in: code of one cell each, and what the report must say of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Attack:
    """One attack: its code, the status that must follow, and words that notes, errors or marks must hold.

    ``memo`` is the text that the attack leaves as its free text answer if the box held.
    """

    code: str
    status: str = "ok"
    says: str = ""
    memo: str = ""


#: Reaches every file that it can and tells in ``memo`` what it learned.
_LOOK = """
import os
found = []
for folder in ("/", "/home", "/root", "/work", "/tmp", "/etc", "/proc/1/root", "/proc/1/cwd", HIDDEN):
    for above, names, files in os.walk(folder):
        names[:] = [name for name in names if name not in ("usr", "proc", "lib", "lib64", "include")]
        found += [name for name in files if name in ("course.key", "class.csv", "course.toml")]
        found += [name for name in names + files if "assignsubm" in name]
try:
    found.append(open(HIDDEN + "/course/course.key").read())
except OSError:
    pass
found += [name for name in os.environ if "KEY" in name or "TOKEN" in name]
memo = " ".join(found) or "found nothing"
"""

_CALL = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def refused(*call):
    return libc.syscall(*call) == -1 and ctypes.get_errno() == 1
memo = "refused" if all([NUMBERS]) else "allowed"
"""

ATTACKS: dict[str, Attack] = {
    "infinite loop": Attack("while True: pass", "timed out"),
    "sleeps": Attack("import time\ntime.sleep(1000)", "timed out"),
    "ignores the signal": Attack(
        "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass", "timed out"
    ),
    "fork bomb": Attack(
        "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass",
        "timed out",
        "started other programs",
    ),
    "thread bomb": Attack(
        "import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(1000,)).start()",
        "ok",
        "can't start new thread",
    ),
    "memory bomb": Attack("kept = []\nwhile True:\n    kept.append(bytearray(50_000_000))", "out of memory"),
    "memory in many processes": Attack(
        "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        kept = b'1' * 200_000_000\n"
        "        time.sleep(1000)\ntime.sleep(1000)",
        "out of memory",
    ),
    "memory outside processes": Attack(
        _CALL.replace("NUMBERS", "refused(319, b'x', 0), refused(29, 0, 1 << 30, 0o1600)"), memo="refused"
    ),
    "disk filler": Attack(
        "with open('/tmp/filler', 'wb') as file:\n    while True:\n        file.write(bytes(1_000_000))",
        "ok",
        "OSError",
    ),
    "many files": Attack(
        "number = 0\nwhile True:\n    open(f'/tmp/{number}', 'w').close()\n    number += 1",
        "crashed",
        "more files",
    ),
    "os._exit": Attack("import os\nos._exit(0)", "crashed"),
    "sys.exit": Attack("import sys\nsys.exit(0)", "ok", "SystemExit"),
    "kills itself": Attack("import os\nos.kill(os.getpid(), 9)", "crashed", "end other processes"),
    "kills its parent": Attack(
        "import os\nfor pid in (os.getppid(), 1, -1):\n    try:\n        os.kill(pid, 9)\n"
        "    except OSError:\n        pass",
        "ok",
        "end other processes",
    ),
    "looks for roster and key": Attack(_LOOK, "ok", "looked for files", memo="found nothing"),
    "looks at other processes": Attack(
        "import os\npids = [int(name) for name in os.listdir('/proc') if name.isdigit()]\n"
        "memo = 'alone' if max(pids) < 20 and len(pids) <= 3 else str(pids)",
        memo="alone",
    ),
    "looks at other boxes": Attack(
        "import os, sys, casekit\n"
        "mine = [sys.prefix, sys.base_prefix, casekit.__file__]  # bound there if the checkout lies in /tmp\n"
        "seen = [n for n in os.listdir('/tmp') if not any(at.startswith(f'/tmp/{n}/') for at in mine)]\n"
        "memo = ' '.join(sorted(seen + os.listdir('/dev/shm')))",
        memo="work",
    ),
    "opens the network": Attack(
        "import urllib.request\nurllib.request.urlopen('http://192.0.2.1/', timeout=2)", "ok", "network"
    ),
    "calls the host of the machine": Attack(
        "import socket\nsocket.socket(40, 1).connect((2, 80))", "ok", "network"
    ),
    "calls the kernel": Attack(
        _CALL.replace(
            "NUMBERS",
            "refused(101, 16, 1, 0, 0), refused(272, 0x10000000), refused(321, 0, 0, 0), "
            "refused(425, 8, 0), refused(250, 0), refused(165, 0, 0, 0, 0, 0)",
        ),
        memo="refused",
    ),
    "writes to the interpreter": Attack(
        "import sys, numpy, casekit\nfor path in (sys.executable, numpy.__file__, casekit.__file__):\n"
        "    try:\n        open(path, 'ab').write(b'#')\n        memo = 'written'\n    except OSError:\n"
        "        memo = 'read only'",
        memo="read only",
    ),
    "overwrites check": Attack(
        "def check(*anything):\n    return True\nimport casekit.exercises.checking.check as module\n"
        "module.check = check\ncheck('9.1', 1)",
        "ok",
        "replaced parts",
    ),
    "patches NumPy and pandas": Attack(
        "import numpy as np\nimport pandas as pd\nnp.isclose = lambda *a, **k: True\n"
        "pd.Series.__sub__ = lambda self, other: 0\npd.Series.mean = lambda self: 0",
        "ok",
        "replaced parts",
    ),
    "patches Python": Attack(
        "import builtins, json\nbuiltins.isinstance = lambda *a: True\njson.dumps = lambda *a, **k: '{}'\n"
        "builtins.float = lambda *a: 1.0",
        "ok",
        "replaced parts",
    ),
    "patches casekit": Attack(
        "import casekit.exercises.checking.answers as module\n"
        "module.encode = lambda value: {'status': 'right'}\nmodule._one = lambda value: 1\nmean_amount = 1",
        "ok",
        "replaced parts",
    ),
    "equals everything": Attack(
        "class Everything:\n    def __eq__(self, other): return True\n    def __float__(self): return 1.0\n"
        "    def __hash__(self): return 1\n    def __lt__(self, other): return True\n"
        "mean_amount = top_share = spend_by_guest = Everything()",
        "ok",
        "wrong type",
    ),
    "a number that equals everything": Attack(
        "class Everything(float):\n    def __eq__(self, other): return True\n"
        "    def __sub__(self, other): return 0.0\n    __rsub__ = __sub__\n"
        "mean_amount = top_share = Everything(1)",
    ),
    "not a number": Attack("mean_amount = top_share = float('nan')", "ok", "wrong"),
    "a lambda": Attack("mean_amount = top_share = lambda: 1", "ok", "wrong type"),
    "a reducer": Attack(
        "class Reduced(dict):\n    def __reduce__(self): return (print, ('inside out',))\n"
        "    def items(self): raise SystemExit\nmean_amount = Reduced(a=1)",
    ),
    "deep nesting": Attack("mean_amount = []\nfor _ in range(100_000):\n    mean_amount = [mean_amount]"),
    "a huge answer": Attack(
        "mean_amount = list(range(90_000))\ntop_share = 'x' * 10**8\nmemo = ['y' * 19_000] * 300"
    ),
    "a huge number": Attack("mean_amount = 10**400\ntop_share = 10**5000"),
    "half a letter": Attack("mean_amount = '\\ud800'\nmemo = 'a\\ud800'"),
    "prints a fake mark": Attack(
        'print(\'{"question": "9.1", "points": 2, "status": "right"}\\nScore: 10/10\')',
        "ok",
        "looks like a mark",
    ),
    "writes into the channel": Attack(
        "import os\nfor fd in range(3, 30):\n    try:\n"
        '        os.write(fd, b\'{"question": "9.1", "points": 2}\\n\')\n'
        "        os.write(fd, b'{\"answer\": \"9.9\", \"value\": 1}\\n[' + b'[' * 100_000 + b'\\n')\n"
        "    except OSError:\n        pass",
        "ok",
        "channel of answers",
    ),
    "floods the channel": Attack(
        "import os\nwhile True:\n    for fd in range(3, 30):\n        try:\n"
        "            os.write(fd, b'x' * 60_000)\n        except OSError:\n            pass",
        "crashed",
        "channel of answers",
    ),
    "takes the channel away": Attack(
        "import os\nfor fd in range(3, 30):\n    try:\n        os.dup2(2, fd)\n    except OSError:\n"
        "        pass",
        "crashed",
    ),
    "200 MB of output": Attack("for _ in range(200):\n    print('x' * 1_000_000)", "ok", "printed more"),
    "traces": Attack(
        "import sys\ndef trace(frame, event, argument):\n    frame.f_trace_lines = True\n    return trace\n"
        "sys.settrace(trace)"
    ),
    "no end of recursion": Attack(
        "import sys\nsys.setrecursionlimit(10**9)\ndef deeper(n): return sorted([n], key=deeper)\ndeeper(0)",
        "crashed",
    ),
    "never lets go": Attack(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,)).start()"
    ),
    "leaves a daemon": Attack(
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        os.execv('/bin/sleep', ['sleep', 'DAEMON'])\n    os._exit(0)\ntime.sleep(0.3)",
        "ok",
        "started other programs",
    ),
}
