"""exercise.py is read, solved for a seed, and blanked for the student; what it lacks is said."""

import numpy as np
import pandas as pd
import pytest
from support.small_exercise import SOURCE, write_small_exercise

from casekit.errors import InputError
from casekit.exercises.authoring.blanks import blanked
from casekit.exercises.authoring.pages import notebook_of
from casekit.exercises.authoring.source import find_exercise, list_exercises, read_exercise
from casekit.exercises.authoring.wellposed import plain, problems
from casekit.exercises.checking.answers import encode
from casekit.exercises.checking.question import Question
from casekit.exercises.checking.student_tables import as_read, column_types, read_table, write_table
from casekit.exercises.grading.score import score


@pytest.fixture(scope="module")
def exercise(tmp_path_factory):
    return read_exercise(write_small_exercise(tmp_path_factory.mktemp("workbook")))


def test_what_is_read(exercise):
    assert exercise.id == "07_small"
    assert [question.kind for question in exercise.questions] == [
        "number", "share", "count", "choice", "labels", "series", "function", "free_text",
    ]  # fmt: skip
    assert exercise.points == 12
    assert exercise.question("7.1").tolerance == 0.005
    assert exercise.question("7.3").tolerance == 0
    assert (exercise.question("7.2").low, exercise.question("7.2").high) == (0, 1)
    with pytest.raises(InputError, match=r"did you mean '7\.1'"):
        exercise.question("7.11")


def test_solving_by_hand(exercise):
    solved = exercise.solve(3)
    shop = solved.tables["shop"]
    assert solved.answers["7.1"] == pytest.approx(shop["spend"].mean())
    assert solved.traps["7.1"]["a_visit"] == pytest.approx(shop["spend"].sum() / shop["visits"].sum())
    price, rate = solved.inputs["7.7"][0]
    assert solved.answers["7.7"]["outputs"][0] == pytest.approx(price * rate / (1 + rate))


def test_a_seed_makes_the_same_and_another_seed_other_data(exercise):
    one, two, other = exercise.solve(1), exercise.solve(1), exercise.solve(2)
    pd.testing.assert_frame_equal(one.tables["shop"], two.tables["shop"])
    assert not one.tables["shop"].equals(other.tables["shop"])


def test_the_key_gets_full_marks_and_traps_their_credit(exercise):
    solved = exercise.solve(5)
    right = {id: plain(value) for id, value in solved.answers.items()}
    marks = score(exercise, solved, right)
    assert [mark.status for mark in marks] == ["right"] * 7 + ["by hand"]
    assert sum(mark.points for mark in marks) == exercise.points - 4
    wrong = {id: plain(next(iter(traps.values()))) for id, traps in solved.traps.items() if traps}
    marks = score(exercise, solved, wrong)
    assert [mark.status for mark in marks] == ["trap"] * 7 + ["missing"]
    assert marks[0].points == 1 and marks[0].trap == "median" and marks[0].idea == "Mean or median?"


def test_data_with_a_coincidence_are_made_anew(tmp_path):
    coin = SOURCE.replace("rng.integers(2, 9, 8),", "np.array([1] * 8) + rng.integers(0, 2, 8) // 1,")
    coin = coin.replace('Trap("customers", "len(shop)"', 'Trap("customers", "12"')
    exercise = read_exercise(write_small_exercise(tmp_path, coin))
    seeds = range(60)
    assert any("right and customers are too near" in text for text in problems(exercise, seeds))
    assert max(exercise.solve(seed).attempts for seed in seeds) > 1
    assert all(exercise.solve(seed).answers["7.3"] != 12 for seed in seeds)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('visits_in_all = shop["visits"].sum()', "visits_in_all = 0", "the right answer is zero"),
        ("gold_share = shop.loc", "gold_share = 1.0 + 0 * shop.loc", "nobody or everybody"),
        ('best = list(shop["spend"].nlargest(3).index)', "best = []", "the right answer is empty"),
        ('mean_spend = shop["spend"].sum() / heads', "mean_spend = float('nan')", "missing"),
        ('mean_spend = shop["spend"].sum() / heads', "mean_spend = -5.0", "outside its range"),
        ("\"shop['spend'].median()\"", '"mean_spend + 0.04"', "right and median are too near"),
        ("\"shop['spend'].median()\"", '"100 * mean_spend"', "median and 100 times right are too near"),
        ("\"shop['spend'].median()\"", "\"float('nan')\"", "leads to no answer"),
    ],
)
def test_an_exercise_that_cannot_be_well_posed_says_why(tmp_path, old, new, says):
    assert old in SOURCE
    exercise = read_exercise(write_small_exercise(tmp_path, SOURCE.replace(old, new)))
    with pytest.raises(InputError, match=says):
        exercise.solve(1)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('# %% tags=["data"]', '# %% tags=["dta"]', "known tags only, got dta"),
        ("def make_data", "def made_data", "must declare"),
        ('kind="count"', 'kind="counts"', "kind of question 7.3 must be known"),
        ('answer="best"', 'answer="the best"', "must be a name"),
        ('"7.3", answer', '"7.1", answer', "must be its own"),
        ('Trap("a_visit"', 'Trap("median"', "names of their own"),
        ('Choice("<b>3</b>", "No.")', 'Choice("<b>3</b>", "No.", right=True)', "exactly one option"),
        ('Choice("<b>3</b>", "No.")', 'Choice("<b>3</b>", "")', "must have its feedback"),
        ('"gold": [True, False] * 4,', '"gold": pd.Categorical(["a", "b"] * 4),', "survive being written"),
    ],
)
def test_a_bad_source_is_refused(tmp_path, old, new, says):
    assert old in SOURCE
    folder = write_small_exercise(tmp_path, SOURCE.replace(old, new))
    with pytest.raises(InputError, match=says):
        read_exercise(folder).solve(1)


def test_no_source(tmp_path):
    with pytest.raises(InputError, match=r"must have its exercise\.py"):
        read_exercise(tmp_path)
    with pytest.raises(InputError, match="did you mean"):
        find_exercise("loyalty_teirs")


def test_exercises_are_found_by_name_and_number():
    names = [exercise.id for exercise in list_exercises()]
    assert "03_loyalty_tiers" in names
    for name in ("3", "03", "loyalty_tiers", "03_loyalty_tiers"):
        assert find_exercise(name).id == "03_loyalty_tiers"


# -- tables ------------------------------------------------------------------------------------------------


def test_tables_come_back_from_their_files_exactly(exercise, tmp_path):
    for seed in (1, 2):
        for name, table in exercise.solve(seed).tables.items():
            (tmp_path / "t.csv").write_bytes(write_table(table))
            back = read_table(tmp_path / "t.csv", column_types(table))
            assert name == "shop"
            pd.testing.assert_frame_equal(back, table)


def test_missing_texts_and_zeros_survive(tmp_path):
    table = as_read(pd.DataFrame({"id": ["007", "8"], "x": [None, "b"], "y": [np.nan, 0.1 + 0.2]}), name="t")
    (tmp_path / "t.csv").write_bytes(write_table(table))
    pd.testing.assert_frame_equal(read_table(tmp_path / "t.csv", column_types(table)), table)


# -- what the student sees ---------------------------------------------------------------------------------


def sources(exercise, kind, **settings):
    return ["".join(cell["source"]) for cell in notebook_of(exercise, kind, **settings)["cells"]]


def test_the_student_sees_dots_and_no_solution(exercise):
    whole = "\n".join(sources(exercise, "student", token="abc"))
    for shown in (
        'open_exercise("07_small", token="abc")',
        "heads = ...  # how many?",
        'gold_share = shop.loc[shop["gold"], "spend"].sum() / ...  # by what?',
        "visits_in_all = ...  # visits",
        'def tax(price, rate):\n    """The tax inside a price."""\n    ...',
        'memo = """\n\n"""',
        'check("7.1", mean_spend)',
        "| Clear | 4 | one answer |",
        "<summary>Hint 1</summary>\n\nAdd up, divide.",
    ):
        assert shown in whole
    for hidden in ("nlargest", "price * rate", "Keep the programme", "median", "Aims", "Only in the key"):
        assert hidden not in whole


def test_the_key_has_solutions_without_marks_of_blanks(exercise):
    whole = "\n".join(sources(exercise, "key"))
    assert "heads = len(shop)\n" in whole and "blank" not in whole and "Only in the key." in whole


def test_the_live_version_has_neither_solutions_nor_checks(exercise):
    whole = "\n".join(sources(exercise, "live"))
    assert "check(" not in whole and "len(shop)" not in whole and "# 7.1: mean_spend" in whole


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("x = (\n    a\n    + b\n)  # blank: add", "x = ...  # add"),
        ("if True:\n    x = y = 5  # blank: set", "if True:\n    x = y = ...  # set"),
        ("def f(a):\n    return a / 2  # blank: half", "def f(a):\n    return ...  # half"),
        ("x = f(\n    a,\n    b,\n)  # blank[b]: what?", "x = f(\n    a,\n    ...,\n)  # what?"),
        ("y = 1\nx = '十' + a  # blank[a]: 什么?", "y = 1\nx = '十' + ...  # 什么?"),
    ],
)
def test_blanks(source, shown):
    question = Question(id="1.1", answer="x", kind="number")
    assert blanked(source, question, free=False) == shown


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("x = 5", "must have a blank"),
        ("print(5)  # blank: what?", "at the end of an assignment"),
        ("x = a + a  # blank[a]: what?", "exactly once"),
    ],
)
def test_bad_blanks(source, says):
    with pytest.raises(InputError, match=says):
        blanked(source, Question(id="1.1", answer="x", kind="number"), free=False)


@pytest.mark.parametrize("exercise_id", [exercise.id for exercise in list_exercises()])
def test_later_cells_need_only_what_the_student_has(exercise_id):
    """Given cells run on the solutions of blanks, and of free cells on nothing but the answer."""
    exercise = find_exercise(exercise_id)
    solved = exercise.solve(exercise.sample_seed)
    names = {"np": np, "pd": pd, "book": type("Book", (), {"table": solved.tables.__getitem__})}
    for cell in exercise.cells:
        written = cell.role == "solution" and cell.question.kind == "free_text"
        if written or (cell.role == "solution" and cell.free and cell.question.kind != "function"):
            names[cell.question.answer] = solved.answers[cell.question.id]
        elif cell.role in ("given", "solution"):
            exec(cell.source, names)
    assert all(
        encode(names[question.answer]) == encode(solved.answers[question.id])
        for question in exercise.questions
        if question.kind != "function"
    )
