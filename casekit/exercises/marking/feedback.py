"""One page a student: what was earned, which step went wrong, which idea to revisit; nobody else's data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._text import _, format_number, ngettext
from casekit._whole import write_whole
from casekit.exercises.checking.question import Question
from casekit.exercises.grading.score import Mark
from casekit.exercises.marking.page_parts import BREAK, Piece, bullets, facts, join, page, table, tag
from casekit.exercises.marking.results import Results, Row
from casekit.exercises.marking.words import mark_word, trap_words

#: The folder of these pages.
FOLDER = "feedback"

#: How many errors of cells a page repeats.
MOST_ERRORS = 10


def write_feedback(results: Results, *, key: Mapping[str, Mapping[str, str]] | None = None) -> list[Path]:
    """Write one page a student; pages of an earlier grading go.

    Parameters
    ----------
    results : Results
    key : mapping of mappings, optional
        By student id and question the right answer in words, to be shown where an answer was not right. From
        :func:`casekit.exercises.marking.answer_key.answer_key`.

    Returns
    -------
    list of Path
    """
    folder = results.folder / FOLDER
    kept = {f"{row.file}.html" for row in results.rows}
    for old in folder.glob("*.html"):
        if old.name not in kept:
            old.unlink()
    key = key or {}
    return [
        write_whole(
            folder / f"{row.file}.html",
            feedback_page(results, row, key=key.get(row.student.student_id)),
        )
        for row in results.rows
    ]


def feedback_page(results: Results, row: Row, *, key: Mapping[str, str] | None = None) -> str:
    """One student's page as HTML."""
    exercise = results.exercise
    body: list[Piece] = [_facts(results, row), _lead(row)]
    if row.ran:
        body += [_strip(row), _ideas(row), _questions(results, row, key or {})]
    body += [_put_right(row), _not_checked(row), _foot(results, row)]
    return page(exercise.title, *body, kind=_("Feedback"))


def _facts(results: Results, row: Row) -> Piece:
    out_of = tag("span", _(" of {points}").format(points=format_number(row.out_of)))
    student = row.student
    return facts(
        [
            (_("student"), join([student.name or "–", BREAK, tag("span", _id(row), class_="note")])),
            (_("points"), join([tag("strong", format_number(row.points)), out_of, _so_far(row)])),
            (_("exercise"), results.exercise.id),
            (_("marked"), results.graded_at[:10]),
        ]
    )


def _id(row: Row) -> str:
    return row.student.as_written or row.student.student_id


def _so_far(row: Row) -> Piece:
    if not row.waiting:
        return ""
    points = sum(mark.out_of for mark in row.waiting)
    text = _("{points} more wait to be marked").format(points=format_number(points))
    return join([BREAK, tag("span", text, class_="note")])


def _lead(row: Row) -> Piece:
    """One sentence: how it stands."""
    if not row.ran:
        return tag("p", row.graded.sentence, class_="warn")
    counted = [mark for mark in row.marks if mark.status != "by hand"]
    right = sum(mark.points >= mark.out_of for mark in counted)
    parts = [
        _("{right} of {all} answers have all their points.").format(right=right, all=len(counted)),
    ]
    traps = sum(mark.status == "trap" for mark in row.marks)
    if traps:
        parts.append(
            ngettext(
                "In {count} the step that went wrong is known and named below, with the idea to revisit.",
                "In {count} the steps that went wrong are known and named below, with the ideas to revisit.",
                traps,
            ).format(count=traps)
        )
    lead = tag("p", " ".join(parts), class_="lead")
    return lead if row.graded.status == "ok" else join([lead, tag("p", row.graded.sentence, class_="warn")])


def colour_of(mark: Mark) -> str:
    """Class that colours a mark: right, some, none, wait."""
    if mark.status == "by hand":
        return "wait"
    if mark.points >= mark.out_of:
        return "right"
    return "some" if mark.points > 0 else "none"


def _strip(row: Row) -> Piece:
    """Every question with its points, a link to what is said of it."""
    items = [
        tag(
            "li",
            tag(
                "a",
                mark.question,
                tag("span", _points(mark)),
                href=f"#q{mark.question}",
                class_=colour_of(mark),
            ),
        )
        for mark in row.marks
    ]
    return tag("ul", *items, class_="score", aria_label=_("points by question"))


def _points(mark: Mark) -> str:
    points = "…" if mark.status == "by hand" else format_number(mark.points)
    return _("{points} of {out_of}").format(points=points, out_of=format_number(mark.out_of))


def _ideas(row: Row) -> Piece:
    """Ideas to revisit, each once, with the questions in which it was missed."""
    ideas: dict[str, list[str]] = {}
    for mark in row.marks:
        if mark.status == "trap" and mark.idea:
            ideas.setdefault(mark.idea, []).append(mark.question)
    if not ideas:
        return ""
    lines = [
        join([idea, " ", tag("span", _("({questions})").format(questions=", ".join(ids)), class_="note")])
        for idea, ids in ideas.items()
    ]
    return join([tag("h2", _("Ideas to revisit")), bullets(lines)])


def _questions(results: Results, row: Row, key: Mapping[str, str]) -> Piece:
    """A card for each answer without all its points, or that a person marks; a line for the rest."""
    known = {question.id: question for question in results.questions}
    cards, done, missing = [], [], []
    for mark in row.marks:
        question = known[mark.question]
        right = key.get(mark.question, "")
        if mark.status == "right":
            done.append(_line("✓", mark, question))
        elif mark.status == "missing" and not right:
            missing.append(_line("–", mark, question))
        else:
            cards.append(_card(row, mark, question, right))
    parts = []
    if cards:
        parts += [tag("h2", _("Question by question")), *cards]
    if missing:
        parts += [tag("h2", _("Without an answer")), tag("ul", *missing, class_="done")]
    if done:
        parts += [tag("h2", _("Right")), tag("ul", *done, class_="done")]
    return join(parts)


def _line(sign: str, mark: Mark, question: Question) -> Piece:
    text = _("{id} · {title}").format(id=mark.question, title=question.title)
    points = tag("span", f" {_points(mark)}", class_="note once")
    signed = tag("span", f"{sign} ", class_=f"sign {colour_of(mark)}", aria_hidden="true")
    return tag("li", signed, text, points, id=f"q{mark.question}")


def _card(row: Row, mark: Mark, question: Question, right: str) -> Piece:
    colour = colour_of(mark)
    head = tag(
        "h3",
        tag("span", _("{id} · {title}").format(id=mark.question, title=question.title)),
        tag("span", _points(mark), class_="points"),
    )
    word = trap_words(mark.trap) if mark.trap else mark_word(mark.status)
    parts: list[Piece] = [head, tag("p", tag("span", word, class_=f"pill {colour}"))]
    parts.append(tag("p", mark.sentence))
    if mark.idea:
        parts.append(tag("p", tag("strong", _("Idea: ")), mark.idea, class_="idea"))
    said = shown_answer(question, row.graded.answers.get(mark.question))
    if said:
        parts.append(tag("p", _("Your answer: {answer}").format(answer=said), class_="said"))
    if right and mark.status != "by hand":
        parts.append(tag("p", _("Right on your data: {answer}").format(answer=right), class_="said"))
    if mark.question in row.hand:
        parts.append(_rubric(row, question))
    return tag("section", *parts, class_=f"card {colour}", id=f"q{mark.question}")


def _rubric(row: Row, question: Question) -> Piece:
    hand = row.hand[question.id]
    lines = [
        (
            line.name,
            line.full,
            _("{points} of {out_of}").format(
                points=format_number(hand.points.get(line.name, 0.0)), out_of=format_number(line.points)
            ),
        )
        for line in question.rubric
    ]
    made = table([_("criterion"), _("for full points"), _("points")], lines, texts=(0, 1), class_="whole")
    return join([made, tag("p", hand.comment) if hand.comment else ""])


def shown_answer(question: Question, plain: Any) -> str:
    """A short answer as the student gave it; texts, tables and functions are not repeated.

    Examples
    --------
    >>> shown_answer(Question("1", "x", "number", decimals=2), 12345.6789)
    '12,345.679'
    >>> shown_answer(Question("1", "x", "series"), {"series": {}})
    ''
    """
    if isinstance(plain, bool) or question.kind in ("series", "function", "free_text"):
        return ""
    if isinstance(plain, (int, float)) and abs(plain) < 1e15:
        return format_number(float(plain), digits=question.decimals + 1)
    if isinstance(plain, str):
        return errors.shown(plain)
    return ""


def _put_right(row: Row) -> Piece:
    """What was repaired before the run, and where the code stopped with an error."""
    parts: list[Piece] = []
    if row.graded.repairs:
        parts += [tag("h2", _("What was put right before your notebook ran")), bullets(row.graded.repairs)]
    if row.graded.errors:
        parts += [tag("h2", _("Cells that stopped with an error")), bullets(_errors(row))]
    return join(parts)


def _errors(row: Row) -> list[str]:
    """What stopped cells; those that met dots which nobody filled in share one line."""
    dots = [str(cell) for cell, text in row.graded.errors if "ellipsis" in text.casefold()]
    others = [(cell, text) for cell, text in row.graded.errors if "ellipsis" not in text.casefold()]
    lines = [
        _("Code cell {cell}: {error}").format(cell=cell, error=text) for cell, text in others[:MOST_ERRORS]
    ]
    if len(others) > MOST_ERRORS:
        lines.append(_("and {count} more").format(count=len(others) - MOST_ERRORS))
    if dots:
        sentence = ngettext(
            "Code cell {cells}: dots were still to be filled in.",
            "Code cells {cells}: dots were still to be filled in.",
            len(dots),
        )
        lines.append(sentence.format(cells=", ".join(dots)))
    return lines


def _not_checked(row: Row) -> Piece:
    if not row.ran:
        return ""
    lines = [
        _(
            "How you came to an answer: your code was run, but only the values of the named answers were "
            "looked at."
        ),
        _("Text, tables and figures beside the answers, and what your notebook printed."),
    ]
    if row.waiting:
        ids = ", ".join(mark.question for mark in row.waiting)
        lines.append(_("What a person has still to mark: {questions}.").format(questions=ids))
    return join([tag("h2", _("What was not checked")), bullets(lines)])


def _foot(results: Results, row: Row) -> Piece:
    if row.ran:
        text = _("Marked on the data of your own copy, made again for it. {isolation} casekit {version}.")
    else:
        text = _("If you think this is a mistake, speak to your instructor. casekit {version}.")
    said = text.format(isolation=results.isolation, version=results.casekit)
    return tag("footer", tag("p", said))
