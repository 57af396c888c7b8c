"""The page of the class, and the numbers on it."""

import math

import numpy as np
import pytest
from support.graded_class import CLASS, big_class, class_results, graded

from casekit.exercises.marking.class_figures import mark_edges, plot_items, plot_marks
from casekit.exercises.marking.class_page import class_page
from casekit.exercises.marking.items import correlation, ideas_of, items_of, mistakes_of, same_texts, stuck_in


def test_difficulty_is_the_share_of_points_of_those_that_ran(tmp_path):
    items = items_of(class_results(tmp_path / "m"))
    # ran: S01-S04, S07, S08; 9.1: 2 + 1 + 1 + 0 + 2 + 2 of 12 points
    assert items[0].share == pytest.approx(8 / 12) and items[0].students == 6
    assert items[0].counts == {"right": 3, "trap": 2, "wrong": 1}
    assert math.isnan(items[4].share)  # texts wait
    assert all(math.isnan(item.discrimination) for item in items)  # six students are too few


def test_discrimination_is_corrected_for_the_question_itself(tmp_path):
    results = class_results(tmp_path / "m", big_class(20))
    items = items_of(results)
    points = np.array([[mark.points for mark in row.marks] for row in results.rows])
    others = points.sum(axis=1) - points[:, 0]
    assert items[0].discrimination == pytest.approx(np.corrcoef(points[:, 0], others)[0, 1])
    assert items[3].discrimination < 0 < items[1].discrimination
    assert math.isnan(items[4].discrimination)  # nobody earned anything


@pytest.mark.parametrize("one", [[1.0] * 20, [math.nan] * 20, range(14)], ids=["same", "unknown", "few"])
def test_correlations_that_would_say_nothing(one):
    assert math.isnan(correlation(one, range(len(one))))


def test_mistakes_by_frequency_with_their_ideas(tmp_path):
    results = class_results(tmp_path / "m", (graded(1, "A", "TRRTM"), graded(2, "B", "TTRRM"), *CLASS[5:6]))
    found = mistakes_of(results)
    assert [(item.question, item.students, item.share) for item in found] == [
        ("9.1", 2, 1.0),
        ("9.2", 1, 0.5),
        ("9.4", 1, 0.5),
    ]
    ((idea, students, questions),) = ideas_of(found)
    assert (idea, students, questions) == ("Mean", {"S01", "S02"}, ["9.1", "9.2", "9.4"])


def test_who_is_stuck_and_why(tmp_path):
    found = {item.row.student.student_id: item.reasons for item in stuck_in(class_results(tmp_path / "m"))}
    assert set(found) == {"S03", "S04", "S05"}
    assert found["S04"][0] == "Timed out." and "4 questions without an answer, from 9.2 on." in found["S04"]
    assert found["S05"] == ("Somebody else's copy.",)


def test_the_same_text_from_two(tmp_path):
    copied = (graded(1, "A", "RRRRH", memo="One text, " * 9), graded(2, "B", "RRRRH", memo="one TEXT; " * 9))
    ((question, rows),) = same_texts(class_results(tmp_path / "m", copied))
    assert question == "9.5" and [row.student.name for row in rows] == ["A", "B"]
    assert not same_texts(class_results(tmp_path / "n"))


def test_the_page(tmp_path):
    text = class_page(class_results(tmp_path / "m"))
    for words in (
        "7 of 8", "4 texts wait to be marked", "too few for such a correlation", "median", "Who is stuck",
        "It is the copy of S01 Ann Lee.", "Late: S07", "=who.ipynb", "&lt;b onload", "<svg role=",
        "Ideas to teach again", "Of 7 who handed in, 4 earned at least half of the 10 points",
    ):  # fmt: skip
        assert words in text, words
    assert "<script" not in text and "<b onload" not in text
    assert text == class_page(class_results(tmp_path / "m"))


@pytest.mark.parametrize(
    "students",
    [CLASS[5:6], CLASS[4:5], big_class(20), (graded(1, "A", "RRRRR"),)],
    ids=["nobody", "borrowed", "many", "one"],
)
def test_a_page_for_every_class(tmp_path, students):
    text = class_page(class_results(tmp_path / "m", students))
    assert "nan" not in text.replace("nance", "") and text.endswith("</html>\n")


def test_a_limited_box_is_told_first(tmp_path):
    text = class_page(class_results(tmp_path / "m", box="limited", isolation="WITHOUT a box."))
    assert '<p class="warn">WITHOUT a box.</p>' in text


@pytest.mark.parametrize("out_of", [1, 2.5, 7, 10, 37, 40, 100, 0])
def test_edges_hold_every_mark(out_of):
    edges = mark_edges(out_of)
    assert edges[0] == 0 and edges[-1] >= out_of and 2 <= len(edges) <= 14
    assert np.allclose(np.diff(edges), edges[1])


def test_the_figures_show_the_counts(tmp_path):
    ax = plot_marks([0, 4, 4, 10], out_of=10)
    assert sum(bar.get_height() for bar in ax.patches) == 4
    items = items_of(class_results(tmp_path / "m"))
    ax = plot_items(items)
    assert [text.get_text() for text in ax.get_yticklabels()] == ["9.1", "9.2", "9.3", "9.4", "9.5"]
    assert sum(bar.get_width() for bar in ax.patches) == 6 * 5
