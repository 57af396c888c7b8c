"""In a worksheet: one sentence instead of a traceback where the cause is known, such as dots still left."""

from __future__ import annotations

import ast
from typing import Any

from casekit._text import _
from casekit.errors import CasekitError


def remaining_dots(source: str, names: dict[str, Any]) -> list[str]:
    """What is still dots in a cell: names that are set to dots, here or above, or ``...`` itself.

    Parameters
    ----------
    source : str
        The cell.
    names : dict
        The notebook's variables.

    Returns
    -------
    list of str, in the order in which they stand

    Examples
    --------
    >>> remaining_dots("months = ...\\nrate = visits / months / guests", {"months": ..., "guests": ...})
    ['months', 'guests']
    >>> remaining_dots("rate = visits / ...", {})
    ['...']
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    found: dict[str, None] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _is_dots(node.value):
            found |= {target.id: None for target in node.targets if isinstance(target, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and names.get(node.id) is ...:
            found[node.id] = None
    if not found and any(_is_dots(node) and node not in _indices(tree) for node in ast.walk(tree)):
        found["..."] = None
    return list(found)


def _indices(tree: ast.AST) -> set[ast.AST]:
    """Everything inside square brackets: there dots are NumPy's."""
    slices = [node.slice for node in ast.walk(tree) if isinstance(node, ast.Subscript)]
    return {inner for part in slices for inner in ast.walk(part)}


def _is_dots(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def explain_dots() -> None:
    """In a notebook: a cell that fails because of its dots says so, and a message of casekit stands alone.

    Every other error is shown as always.
    """
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((Exception,), _handle)


def _handle(shell: Any, kind: Any, error: Any, traceback: Any, tb_offset: int | None = None) -> None:
    cells = shell.user_ns.get("In") or [""]
    left = remaining_dots(cells[-1], shell.user_ns)
    if left:
        names = ", ".join(f"`{name}`" for name in left)
        _say(_("Dots are still left: {names}. Fill them in and run the cell again.").format(names=names))
    elif isinstance(error, CasekitError):
        _say("  \n".join(line.strip() for line in str(error).splitlines()))
    else:
        shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)


def _say(sentence: str) -> None:
    from IPython.display import Markdown, display

    display(Markdown(f"**✗** {sentence}"))
