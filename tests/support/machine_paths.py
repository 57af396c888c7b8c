"""What no committed file may name: folders of a machine, hosts of a registry."""

import re

#: Spelled in pieces, so that this file does not name them itself.
_PIECES = [
    "/ro|ot/",
    "/ho|me/",
    "/Us|ers/",
    "site-|packages/",
    "py|pi.o",
    "python|hosted",
    "npm|js",
    r"C:\\|\\",
]

FORBIDDEN = re.compile("|".join(re.escape(piece.replace("|", "")) for piece in _PIECES))
