"""Turns a solution into what the student sees: dots where a decision is to be made.

- ``x = expr  # blank: what to fill in`` becomes ``x = ...  # what to fill in``
- ``x = a / len(guests)  # blank[len(guests)]: of whom?`` becomes ``x = a / ...  # of whom?``
- a cell tagged ``free`` becomes ``answer = ...``, a function its first line and docstring
"""

from __future__ import annotations

import ast
import io
import re
import tokenize

from casekit import errors
from casekit._text import _
from casekit.exercises.checking.question import Question

_COMMENT = re.compile(r"#\s*blank(?P<part>\[.*\])?:\s*(?P<says>.*)")


def blanked(source: str, question: Question, *, free: bool) -> str:
    """The solution cell as the student gets it.

    Parameters
    ----------
    source : str
        The solution.
    question : Question
    free : bool
        Blank the whole cell.

    Returns
    -------
    str

    Raises
    ------
    InputError
        If there is no blank, or a blank's text is not there exactly once.

    Examples
    --------
    >>> question = Question(id="1.1", answer="x", kind="number")
    >>> print(blanked("x = a / len(b)  # blank[len(b)]: of whom?", question, free=False))
    x = a / ...  # of whom?
    """
    if question.kind == "free_text":
        return f'{question.answer} = """\n\n"""'
    if free:
        return _free(source, question)
    lines = source.split("\n")
    blanks = _blanks(source)
    if not blanks:
        _refuse(_("a solution must have a blank, or the cell the tag free"), question, source)
    statements = [node for node in ast.walk(ast.parse(source)) if isinstance(node, (ast.Assign, ast.Return))]
    for line, match in reversed(blanks):
        holding = [node for node in statements if node.lineno <= line <= (node.end_lineno or 0)]
        if not holding or holding[-1].value is None:
            _refuse(
                _("a blank must stand at the end of an assignment or of return"), question, lines[line - 1]
            )
        _blank(lines, holding[-1], line, match, question)
    return "\n".join(lines)


def _blanks(source: str) -> list[tuple[int, re.Match[str]]]:
    found = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and (match := _COMMENT.fullmatch(token.string.strip())):
            found.append((token.start[0], match))
    return found


def _blank(
    lines: list[str], node: ast.Assign | ast.Return, line: int, match: re.Match[str], question: Question
) -> None:
    """Put dots in place of what the statement sets, or of the named part of it."""
    first, last = node.lineno - 1, node.end_lineno or node.lineno
    indent, says = " " * node.col_offset, f"  # {match['says']}"
    if not match["part"]:
        targets = [ast.unparse(target) for target in node.targets] if isinstance(node, ast.Assign) else []
        head = " = ".join([*targets, "..."]) if targets else "return ..."
        lines[first:last] = [indent + head + says]
        return
    part = match["part"][1:-1]
    lines[line - 1] = lines[line - 1][: lines[line - 1].rindex(match[0])].rstrip()
    text = "\n".join(lines[first:last])
    if text.count(part) != 1:
        _refuse(_("the text of a blank must stand in its statement exactly once"), question, text)
    lines[first:last] = (text.replace(part, "...") + says).split("\n")


def _free(source: str, question: Question) -> str:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == question.answer:
            head = source.split("\n")[node.lineno - 1 : node.body[0].lineno - 1]
            docstring = ast.get_docstring(node, clean=False)
            body = f'    """{docstring}"""\n    ...' if docstring else "    ..."
            return "\n".join(head) + "\n" + body
    unit = f"  # {question.unit}" if question.unit else ""
    return f"{question.answer} = ...{unit}"


def _refuse(rule: str, question: Question, where: str) -> None:
    problem = errors.must_hold(rule, got=errors.shown(where), where=question.id)
    raise errors.InputError("build", problem)
