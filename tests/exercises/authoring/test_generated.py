"""The generated files are in step with their sources, and the keys have run and are right."""

import json
import re

import pytest
from support.small_exercise import SOURCE, write_small_exercise

from casekit._resources import resource
from casekit.exercises.authoring.course_plan import with_plan
from casekit.exercises.authoring.generate import build_exercise, executed_key, finished_key, generated_files
from casekit.exercises.authoring.source import list_exercises, read_exercise
from casekit.exercises.quiz import ask

EXERCISES = list_exercises()
pages = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)


@pages
def test_regeneration_changes_nothing(exercise):
    files = generated_files(exercise)
    folder = exercise.path.parent
    for name, content in files.items():
        assert (folder / name).read_bytes() == content, f"{name} is stale: casekit exercises build"
    key = finished_key(exercise, files)
    assert key is not None, "key.ipynb is stale: casekit exercises build"
    assert (folder / "key.ipynb").read_bytes() == key
    left_over = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
    } - {*files, "key.ipynb", "exercise.py"}
    assert left_over == set()


@pytest.mark.full
@pages
def test_a_key_that_runs_again_is_the_same(exercise):
    assert (
        executed_key(exercise, generated_files(exercise)) == (exercise.path.parent / "key.ipynb").read_bytes()
    )


@pages
def test_every_answer_of_the_key_is_right(exercise):
    key = json.loads((exercise.path.parent / "key.ipynb").read_text(encoding="utf-8"))
    said = []
    for cell in key["cells"]:
        if cell["cell_type"] == "code":
            assert cell["execution_count"] is not None
            if 'check("' in "".join(cell["source"]):
                said.append("".join(cell["outputs"][-1]["data"]["text/markdown"])[:5])
    by_hand = sum(question.kind == "free_text" for question in exercise.questions)
    assert said.count("**✓**") == len(exercise.questions) - by_hand
    assert said.count("**○**") == by_hand


@pages
def test_what_a_worksheet_needs(exercise):
    checked = [question for question in exercise.questions if question.kind != "free_text"]
    memos = [question for question in exercise.questions if question.kind == "free_text"]
    assert 8 <= len(checked) <= 12 and len(memos) >= 1 and 6 <= len(exercise.quiz) <= 8
    assert all(len(question.traps) >= 2 or question.kind == "choice" for question in checked)
    assert all(question.hints and question.title for question in exercise.questions)
    assert all(trap.idea and trap.says.endswith((".", "?")) for q in checked for trap in q.traps)
    assert all(sum(line.points for line in memo.rubric) == memo.points for memo in memos)
    minutes = sum(question.minutes for question in exercise.questions)
    assert 0.7 * exercise.minutes <= minutes <= exercise.minutes
    assert {question.id.split(".")[0] for question in checked} == {str(int(exercise.id[:2]))}
    guide = (exercise.path.parent / "guide.md").read_text(encoding="utf-8")
    headings = [line for line in guide.splitlines() if line.startswith("## ")]
    wanted = ["Aims", "引入", "讲解", "实践", "总结", "Board plan", "Discussion", "Timing", "Common mistakes"]
    places = [next(n for n, line in enumerate(headings) if word in line) for word in wanted]
    assert places == sorted(places)


@pages
def test_minutes_agree(exercise):
    """A student's time is that of the questions; the guide says which of them fit into the practice."""
    minutes = sum(question.minutes for question in exercise.questions)
    folder = exercise.path.parent
    assert f"about {minutes:g} minutes.**" in (folder / "student.ipynb").read_text(encoding="utf-8")
    (said,) = re.findall(
        r"^At this pace (\S+)–(\S+) \((\d+) minutes\) fit into the (\d+) minutes .* up to (\d+) minutes\.$",
        (folder / "guide.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    ids = [question.id for question in exercise.questions]
    last = ids.index(said[1])
    fitting = sum(question.minutes for question in exercise.questions[: last + 1])
    assert said[0] == ids[0] and int(said[2]) == fitting and int(said[4]) == minutes - fitting
    assert fitting <= int(said[3]) < fitting + exercise.questions[last + 1].minutes


def test_the_course_plan_is_in_step():
    page = resource("exercises", "README.md").read_text(encoding="utf-8")
    assert with_plan(page, EXERCISES) == page
    assert all(f"({exercise.id}/student.ipynb)" in page for exercise in EXERCISES)


# -- on a small exercise -----------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path):
    source = SOURCE.replace('raise ValueError("shown in notebooks, skipped while solving")', "shop.head(2)")
    return read_exercise(write_small_exercise(tmp_path, source))


@pytest.mark.full
def test_building_runs_the_key_only_when_something_changed(small):
    changed = build_exercise(small)
    assert {"student.ipynb", "live.ipynb", "guide.md", "quiz.ipynb", "key.ipynb"} < set(changed)
    assert build_exercise(small) == []
    source = small.path.read_text(encoding="utf-8").replace("# # Who bought?", "# # Who bought what?")
    small.path.write_text(source, encoding="utf-8")
    prose = read_exercise(small.path)
    assert finished_key(prose, generated_files(prose)) is not None
    assert set(build_exercise(prose)) == {"student.ipynb", "live.ipynb", "key.ipynb"}
    small.path.write_text(source.replace('spend": rng', 'spend": 1 + rng'), encoding="utf-8")
    data = read_exercise(small.path)
    assert finished_key(data, generated_files(data)) is None


def test_the_quiz_can_be_read_without_buttons(small):
    notebook = json.loads(generated_files(small)["quiz.ipynb"])
    texts = ["".join(cell["source"]) for cell in notebook["cells"]]
    assert "- **A** 2" in texts[2] and "✓ **A** Yes." in texts[2] and "<details>" in texts[2]
    hidden = notebook["cells"][3]
    assert hidden["metadata"]["jupyter"] == {"source_hidden": True}
    assert "http" not in json.dumps(notebook)


def test_a_click_says_why():
    panel = ask({"A": "Yes & good.", "B": "No."}, right="A")
    buttons, says = panel.children
    assert buttons.value is None and says.value == ""
    buttons.value = "B"
    assert says.value == "<b>✗ B</b> No."
    buttons.value = "A"
    assert says.value == "<b>✓ A</b> Yes &amp; good."
