"""Rules that keep a translated notebook the same notebook: same cells, same code, same numbers."""

import ast
import re
from collections import Counter

from support.notebooks import has_figure, source, tags

_NUMBER = re.compile(r"\.\d+|\d+(?:[.,]\d+)*")
_MARKUP = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)


def differences(english, chinese):
    """What a translation may not change, as a list; cells are counted from 0."""
    cells, others = english["cells"], chinese["cells"]
    if len(cells) != len(others):
        return [f"{len(others)} cells, not {len(cells)}"]
    found = []
    for number, (cell, other) in enumerate(zip(cells, others, strict=True)):
        rule = code_differs if cell["cell_type"] == "code" else prose_differs
        problems = [*same_kind(cell, other)] or [*rule(cell, other)]
        found += [f"cell {number}: {problem}" for problem in problems]
    return found


def same_kind(cell, other):
    if (cell["cell_type"], tags(cell)) != (other["cell_type"], tags(other)):
        yield "another kind of cell or other tags"


def prose_differs(cell, other):
    lost = numbers(source(cell)) - numbers(source(other))
    if lost:
        yield f"the text lacks {', '.join(lost)}"
    if formulas(source(cell)) != formulas(source(other)):
        yield "other formulas"
    if source(cell) == source(other):
        yield "not translated"


def code_differs(cell, other):
    if "parameters" in tags(cell):
        yield from parameters_differ(source(cell), source(other))
        return
    mine, theirs = ast.parse(source(cell)), ast.parse(source(other))
    if stored(mine) != stored(theirs):
        yield f"other names: {', '.join(sorted(stored(mine) ^ stored(theirs)))}"
    if called(mine) != called(theirs):
        yield f"other calls: {', '.join(sorted(called(mine) ^ called(theirs)))}"
    shown, translated = shown_numbers(cell), shown_numbers(other)
    if shown != translated:
        yield f"other numbers shown: {sorted((shown - translated) + (translated - shown))}"
    if has_figure(cell) != has_figure(other):
        yield "a figure in one language only"


def parameters_differ(english, chinese):
    """Names, types, defaults, ranges and choices are the same; units and meanings are translated."""
    for line, other in zip(english.splitlines(), chinese.splitlines(), strict=True):
        code, _hash, comment = line.partition("  # ")
        code_2, _hash, comment_2 = other.partition("  # ")
        if code != code_2 or bounds(comment) != bounds(comment_2):
            yield f"another parameter: {other}"


def bounds(comment):
    return re.match(r"\s*(\[.*?\]|\{.*?\})?", comment)[0]


def stored(tree):
    return {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def called(tree):
    """Functions called with a module or object before them, but not methods of texts."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {path(func) for func in calls if isinstance(func, ast.Attribute) and func.attr not in dir(str)}


def path(node):
    """What a function is called on, without the arguments, labels and texts on the way."""
    if isinstance(node, ast.Attribute):
        return f"{path(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{path(node.func)}()"
    if isinstance(node, ast.Subscript):
        return f"{path(node.value)}[]"
    return node.id if isinstance(node, ast.Name) else type(node).__name__


def numbers(text):
    """Every number with its count; .8 and 0.8 are the same."""
    return Counter(f"0{number}" if number[0] == "." else number for number in _NUMBER.findall(text))


def formulas(text):
    """Formulas without the words in them."""
    found = re.findall(r"\$\$.+?\$\$|\$[^$\n]+\$", text, re.DOTALL)
    return Counter(re.sub(r"\\text\{[^}]*\}|\s", "", formula) for formula in found)


def shown_numbers(cell):
    """Every number that a cell's outputs show as text."""
    texts = []
    for output in cell["outputs"]:
        data = output.get("data", {})
        parts = [output.get("text", ""), data.get("text/markdown") or data.get("text/html") or ""]
        if not any(parts) and "image/png" not in data:
            parts = [data.get("text/plain", "")]
        texts += ["".join(part) for part in parts]
    return numbers(_MARKUP.sub(" ", "\n".join(texts)))
