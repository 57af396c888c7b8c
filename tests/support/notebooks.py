"""Rules for the anatomy of a case notebook; each returns what breaks it."""

import ast
import json
import re

MAX_LINES = 20
CLAIM = "nbval-check-output"
HEADINGS = ["## What we would tell the manager", "## Health warning", "## Key ideas", "## References"]
CHINESE_HEADINGS = ["## 给经理的答复", "## 局限与提醒", "## 要点与术语", "## 参考文献"]


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def source(cell):
    return "".join(cell["source"])


def tags(cell):
    return cell["metadata"].get("tags", [])


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def has_figure(cell):
    return any("image/png" in output.get("data", {}) for output in cell.get("outputs", []))


def visible_text(cell):
    """What a reader sees of a cell as prose: its Markdown, or the Markdown that it shows."""
    if cell["cell_type"] == "markdown":
        return source(cell)
    shown = ["".join(output.get("data", {}).get("text/markdown", "")) for output in cell["outputs"]]
    return "\n".join(shown)


def is_chinese(notebook):
    return "use_language(" in source(code_cells(notebook)[2])


def starts_with_a_question(notebook):
    first = notebook["cells"][0]
    if first["cell_type"] != "markdown" or not source(first).startswith("# "):
        return ["the first cell is not a heading of level 1"]
    others = [cell for cell in notebook["cells"][1:] if cell["cell_type"] == "markdown"]
    return ["a second heading of level 1" for cell in others if re.search(r"^# ", source(cell), re.MULTILINE)]


def has_the_right_size(notebook, low, high):
    count = len(notebook["cells"])
    return [] if low <= count <= high else [f"{count} cells, not {low} to {high}"]


def code_is_short(notebook):
    found = []
    for cell in code_cells(notebook):
        lines = source(cell).splitlines()
        if len(lines) > MAX_LINES and "parameters" not in tags(cell):
            found.append(f"{len(lines)} lines: {lines[0]}")
        for node in ast.walk(ast.parse(source(cell))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 5:
                found.append(f"a function of more than five lines: {node.name}")
    return found


def code_follows_prose(notebook):
    """At most two code cells in a row; the parameters cell, which is documentation, does not count."""
    found, run = [], 0
    for cell in notebook["cells"]:
        run = run + 1 if cell["cell_type"] == "code" and "parameters" not in tags(cell) else 0
        if run == 3:
            found.append(f"a third code cell in a row: {source(cell).splitlines()[0]}")
    return found


def opening_is_in_order(notebook):
    """Parameters, then the only imports, then one call that checks the parameters."""
    cells = code_cells(notebook)
    found = []
    if len(cells) < 3:
        return ["fewer than three code cells"]
    if "parameters" not in tags(cells[0]):
        found.append("the first code cell is not tagged parameters")
    for number, cell in enumerate(cells):
        imports = [
            n for n in ast.walk(ast.parse(source(cell))) if isinstance(n, (ast.Import, ast.ImportFrom))
        ]
        if bool(imports) != (number == 1):
            found.append(f"imports belong into the second code cell alone: {source(cell).splitlines()[0]}")
    if "check_parameters(" not in source(cells[2]):
        found.append("the third code cell does not check the parameters")
    return found


def every_cell_has_run(notebook):
    """nbval and papermill pass a cell without outputs in silence."""
    found = []
    for cell in code_cells(notebook):
        widget = "skip-execution" in tags(cell)
        if widget and "what_if(" not in source(cell):
            found.append(f"skip-execution on a cell that is no widget: {source(cell).splitlines()[0]}")
        if widget == (cell["execution_count"] is not None):
            found.append(f"has not run, or should not have: {source(cell).splitlines()[0]}")
        if any(output["output_type"] == "error" for output in cell["outputs"]):
            found.append(f"ends in an error: {source(cell).splitlines()[0]}")
    return found


def claims_are_checked(notebook):
    claims = [cell for cell in code_cells(notebook) if CLAIM in tags(cell)]
    found = [f"only {len(claims)} claim cells"] if len(claims) < 3 else []
    for cell in claims:
        if not cell["outputs"]:
            found.append(f"a claim without output: {source(cell).splitlines()[0]}")
        if source(cell).rstrip().endswith(";"):
            found.append(f"a claim that ends in ';': {source(cell).splitlines()[0]}")
    return found


def figures_have_captions(notebook, least=3):
    cells, found, number = notebook["cells"], [], 0
    for index, cell in enumerate(cells):
        if cell["cell_type"] != "code" or not has_figure(cell):
            continue
        number += 1
        near = "\n".join(visible_text(other) for other in cells[index : index + 3])
        caption = f"**图{number}**" if is_chinese(notebook) else f"**Figure {number}.**"
        if caption not in near:
            found.append(f"figure {number} has no caption “{caption} …” below it")
    return found + ([f"only {number} figures"] if number < least else [])


def ends_with_the_answer(notebook):
    text = "\n".join(source(cell) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    headings = CHINESE_HEADINGS if is_chinese(notebook) else HEADINGS
    missing = [f"no heading “{heading}”" for heading in headings if heading not in text]
    places = [text.find(heading) for heading in headings if heading in text]
    return missing + (["the last headings are out of order"] if places != sorted(places) else [])


def shows_no_stderr(notebook):
    return [
        "".join(output["text"])
        for cell in code_cells(notebook)
        for output in cell["outputs"]
        if output.get("name") == "stderr"
    ]
