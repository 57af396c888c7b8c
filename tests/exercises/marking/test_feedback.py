"""A student's page: what went wrong by name, nobody else's data, nothing that runs."""

import pytest
from support.graded_class import CLASS, class_results, graded

from casekit.exercises.checking.question import Question
from casekit.exercises.grading.right_answers import in_words
from casekit.exercises.marking.feedback import feedback_page, shown_answer, write_feedback


@pytest.fixture
def results(tmp_path):
    return class_results(tmp_path / "marks")


def page(results, number, **more):
    return feedback_page(results, results.rows[number - 1], **more)


def test_a_mistake_is_named_with_its_sentence_and_idea(results):
    text = page(results, 2)
    for words in ("李伟", "s02", ">7<", "Sentence 9.1 trap.", "Idea: ", "Mean", 'class="pill some">median<'):
        assert words in text
    assert "2 more wait to be marked" in text and "The notebook had been renamed." in text
    assert "Your answer: 123.456" in text
    assert (
        text.count('<section class="card') == 2
    )  # the mistake and the text; right answers are one line each


def test_nothing_of_others_and_no_note_for_the_instructor(results):
    for number, item in enumerate(CLASS, 1):
        text = page(results, number)
        others = [other.student for other in CLASS if other is not item]
        assert not [other for other in others if f"{other.as_written}<" in text or other.student_id in text]
        assert not [note for note in item.notes if note in text]


def test_no_right_value_unless_asked_for(results):
    assert "Right on your data" not in page(results, 2)
    shown = page(results, 2, key={"9.1": "77.7", "9.2": "0.9", "9.5": "x"})
    assert "Right on your data: 77.7" in shown and "0.9" not in shown


def test_names_and_errors_are_escaped_and_nothing_can_run(results):
    text = page(results, 3)
    assert "&lt;b onload=&#34;alert(1)&#34;&gt;Eve&lt;/b&gt;" in text and "<b onload" not in text
    assert "NameError: &lt;i&gt;x&lt;/i&gt;" in text
    for number in range(1, 9):
        text = page(results, number)
        assert "<script" not in text and "http" not in text.replace("http-equiv", "").replace(
            "=HYPERLINK(&#34;http://192.0.2.1&#34;)", ""
        )
        assert "default-src &#39;none&#39;" in text


@pytest.mark.parametrize(
    ("number", "words"),
    [(4, "ended; earlier answers count"), (5, "the copy of somebody else"), (6, "Nothing was handed in")],
)
def test_what_did_not_run_says_why(results, number, words):
    text = page(results, number)
    assert words in text and ("Question by question" in text) == (number == 4)


def test_unanswered_questions_take_one_line(results):
    text = page(results, 3)
    assert "Without an answer" in text and "Sentence 9.4 missing." not in text


def test_dots_left_share_one_line_of_the_errors(tmp_path):
    met = ((4, "TypeError: 'ellipsis' object"), (6, "NameError: x"), (9, "TypeError: int and Ellipsis"))
    results = class_results(tmp_path / "m", (graded(1, "A", "MMMMM", errors=met),))
    text = page(results, 1)
    assert "Code cells 4, 9: dots were still to be filled in." in text
    assert "Code cell 6: NameError: x" in text and "object" not in text


def test_pages_of_students_who_left_go(results):
    old = results.folder / "feedback" / "S99.html"
    write_feedback(results)
    old.write_text("old")
    paths = write_feedback(results)
    assert not old.exists() and [path.stem for path in paths] == [f"S{n:02}" for n in range(1, 9)]


@pytest.mark.parametrize(
    "plain", [None, True, 1e300, {"special": "nan"}, [1], {"series": {}}, float("1e16")], ids=str
)
def test_odd_answers_are_not_repeated(plain):
    assert shown_answer(Question("1", "x", "number"), plain) == ""


@pytest.mark.parametrize(
    ("question", "value", "words"),
    [
        (Question("1", "x", "money", decimals=1), 1234.56, "1,234.6"),
        (Question("1", "x", "choice"), "gold", "gold"),
        (Question("1", "x", "function"), lambda: 1, ""),
    ],
)
def test_right_answers_in_words(question, value, words):
    assert in_words(question, value) == words


def test_a_long_table_is_cut_short():
    import pandas as pd

    text = in_words(
        Question("1", "x", "series", decimals=0), pd.Series(range(20), index=list("abcdefghijklmnopqrst"))
    )
    assert text.startswith("a 0, b 1, ") and text.endswith(" and 8 more")
