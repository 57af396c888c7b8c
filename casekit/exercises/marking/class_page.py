"""One page for the instructor: how the class did, which question it failed and by which mistake."""

from __future__ import annotations

import math
from collections import Counter
from statistics import mean, median

from markupsafe import Markup

from casekit._text import _, format_number, format_percent, ngettext
from casekit.exercises.grading.graded import STATUSES
from casekit.exercises.marking.class_figures import as_svg, mark_edges, plot_items, plot_marks
from casekit.exercises.marking.items import (
    ENOUGH,
    Item,
    Mistake,
    ideas_of,
    items_of,
    mistakes_of,
    names_of,
    same_texts,
    stuck_in,
)
from casekit.exercises.marking.marks import about_lines
from casekit.exercises.marking.page_parts import Piece, bar, bullets, facts, join, lines, page, table, tag
from casekit.exercises.marking.results import Results, Row
from casekit.exercises.marking.words import submission_word, trap_words

#: How many ideas are worth a lesson.
SHOWN_IDEAS = 5


def class_page(results: Results) -> str:
    """The page of the class as HTML."""
    items = items_of(results)
    body = [
        _facts(results),
        _warnings(results),
        _marks(results),
        _items(results, items),
        _mistakes(results),
        _stuck(results),
        _statuses(results),
        _notes(results),
        _made(results),
    ]
    return page(results.exercise.title, *body, kind=_("The class"))


def _facts(results: Results) -> Piece:
    handed = results.handed_in
    out_of = sum(question.points for question in results.questions)
    points = [row.points for row in handed]
    pairs: list[tuple[Piece, Piece]] = [
        (
            _("handed in"),
            tag("strong", _("{handed} of {all}").format(handed=len(handed), all=len(results.rows))),
        ),
    ]
    if points:
        pairs += [
            (_("mean"), _of(mean(points), out_of)),
            (_("median"), _of(median(points), out_of)),
        ]
    pairs += [(_("exercise"), results.exercise.id), (_("graded"), results.graded_at.replace("T", " "))]
    return facts(pairs)


def _of(points: float, out_of: float) -> Piece:
    whole = tag("span", _(" of {points}").format(points=format_number(out_of)), class_="note")
    return join([tag("strong", format_number(points, digits=2)), whole])


def _warnings(results: Results) -> Piece:
    parts = []
    if results.box != "bubblewrap":
        parts.append(tag("p", results.isolation, class_="warn"))
    if results.other_data:
        parts.append(tag("p", results.other_data, class_="warn"))
    if results.waiting:
        text = ngettext(
            "{count} text waits to be marked by hand (free_text.xlsx); totals leave it out.",
            "{count} texts wait to be marked by hand (free_text.xlsx); totals leave them out.",
            results.waiting,
        ).format(count=results.waiting)
        parts.append(tag("p", text, class_="warn"))
    return join(parts)


# -- marks -------------------------------------------------------------------------------------------------


def _marks(results: Results) -> Piece:
    points = [row.points for row in results.handed_in]
    if not points:
        return tag("p", _("Nobody handed in."), class_="warn")
    out_of = sum(question.points for question in results.questions)
    says = _marks_sentence(points, out_of)
    figure = as_svg(lambda ax: plot_marks(points, out_of=out_of, ax=ax), size=(5.6, 3.0), says=says)
    edges = mark_edges(out_of)
    rows = []
    for low, high in zip(edges[:-1], edges[1:], strict=True):
        last = high == edges[-1]
        count = sum(low <= value < high or (last and value >= high) for value in points)
        span = _("{low} to {high}") if last else _("{low} to under {high}")
        rows.append([span.format(low=format_number(low), high=format_number(high)), count])
    return join(
        [
            tag("h2", _("Marks")),
            tag("figure", Markup(figure), tag("figcaption", says)),
            tag(
                "details",
                tag("summary", _("The figure as a table")),
                table([_("points"), _("students")], rows),
            ),
        ]
    )


def _marks_sentence(points: list[float], out_of: float) -> str:
    half = sum(value >= out_of / 2 for value in points)
    return _(
        "Of {count} who handed in, {half} earned at least half of the {out_of} points; the middle one has "
        "{median}."
    ).format(
        count=len(points),
        half=half,
        out_of=format_number(out_of),
        median=format_number(median(points), digits=2),
    )


# -- questions ---------------------------------------------------------------------------------------------


def _items(results: Results, items: list[Item]) -> Piece:
    if not results.ran:
        return ""
    says = _items_sentence(items)
    height = 1.1 + 0.29 * len(items)
    figure = as_svg(lambda ax: plot_items(items, ax=ax), size=(5.6, height), says=says)
    rows = [
        [
            item.question,
            item.title,
            tag(
                "span", bar(_known(item.share), _colour(item.share)), " ", _percent(item.share), class_="once"
            ),
            "–" if math.isnan(item.discrimination) else f"{item.discrimination:.2f}".replace("-", "−"),
            item.counts.get("trap", 0),
            item.counts.get("wrong", 0) + item.counts.get("wrong type", 0),
            item.counts.get("missing", 0),
        ]
        for item in items
    ]
    headings = [
        _("question"), "", _("share of points"), _("tells apart"), _("known mistake"),
        _("other wrong answer"), _("no answer"),
    ]  # fmt: skip
    return join(
        [
            tag("h2", _("Questions")),
            tag("figure", Markup(figure), tag("figcaption", says)),
            table(headings, rows, texts=(0, 1, 2), class_="whole"),
            tag("p", _reading(results), class_="note"),
        ]
    )


def _items_sentence(items: list[Item]) -> str:
    known = [item for item in items if not math.isnan(item.share)]
    if not known:
        return _("No answer is marked yet.")
    worst = min(known, key=lambda item: item.share)
    best = max(known, key=lambda item: item.share)
    return _(
        "Hardest is {worst} ({worst_title}): {low} of its points were earned; easiest is {best}: {high}."
    ).format(
        worst=worst.question,
        worst_title=worst.title,
        low=format_percent(worst.share, digits=0),
        best=best.question,
        high=format_percent(best.share, digits=0),
    )


def _reading(results: Results) -> str:
    text = _(
        "Share of points: of all that could be earned by those whose notebook ran. Tells apart: correlation "
        "of the points of this question with those of all other questions; near 0 or below, look at the "
        "question before you look at the students."
    )
    if len(results.ran) >= ENOUGH:
        return text
    few = _("{count} notebooks ran: too few for such a correlation, which takes {enough}.").format(
        count=len(results.ran), enough=ENOUGH
    )
    return f"{text} {few}"


def _known(share: float) -> float:
    return 0.0 if math.isnan(share) else share


def _percent(share: float) -> str:
    return "–" if math.isnan(share) else format_percent(share, digits=0)


def _colour(share: float) -> str:
    return "right" if share >= 0.7 else "some" if share >= 0.4 else "none"


# -- mistakes and students ---------------------------------------------------------------------------------


def _mistakes(results: Results) -> Piece:
    found = mistakes_of(results)
    head = tag("h2", _("Mistakes, the most frequent first"))
    if not found:
        return join([head, tag("p", _("No known mistake was made."))])
    rows = [
        [
            item.question,
            tag("strong", trap_words(item.name)),
            join([item.students, tag("span", f" · {format_percent(item.share, digits=0)}", class_="note")]),
            item.sentence,
            item.idea,
        ]
        for item in found
    ]
    headings = [_("question"), _("mistake"), _("students"), _("what the student reads"), _("idea to revisit")]
    made = table(headings, rows, texts=(0, 1, 3, 4), class_="whole roomy")
    return join([_ideas(found), head, made])


def _ideas(found: list[Mistake]) -> Piece:
    """What to teach again: ideas by the number of students who missed one, five at most."""
    rows = [
        [tag("strong", idea), len(ids), ", ".join(questions)]
        for idea, ids, questions in ideas_of(found)[:SHOWN_IDEAS]
    ]
    headings = [_("idea"), _("students"), _("questions")]
    made = table(headings, rows, texts=(0, 2), class_="whole")
    return join([tag("h2", _("Ideas to teach again")), made])


def _stuck(results: Results) -> Piece:
    found = stuck_in(results)
    head = tag("h2", _("Who is stuck"))
    if not found:
        return join([head, tag("p", _("Nobody: all who handed in have answers and points."))])
    rows = [[_name(item.row), format_number(item.row.points), " ".join(item.reasons)] for item in found]
    headings = [_("student"), _("points"), _("why")]
    return join([head, table(headings, rows, texts=(0, 2), class_="whole")])


def _name(row: Row) -> Piece:
    student = row.student
    return join(
        [student.name or "–", tag("span", f" {student.as_written or student.student_id}", class_="note")]
    )


def _statuses(results: Results) -> Piece:
    counts = Counter(row.graded.status for row in results.rows)
    rows = []
    for status in [status for status in STATUSES if counts[status]]:
        found = [row for row in results.rows if row.graded.status == status]
        rows.append([submission_word(status), len(found), names_of(found) if status != "ok" else ""])
    made = table([_("status"), _("students"), ""], rows, texts=(0, 2), class_="whole")
    return join([tag("h2", _("Submissions")), made])


def _notes(results: Results) -> Piece:
    """What only the instructor sees: borrowed copies, attempts, texts that agree, files of nobody."""
    rows = [[_name(row), lines(row.graded.notes)] for row in results.rows if row.graded.notes]
    same = [
        _("Question {question}: the same text word for word from {names}.").format(
            question=question, names=names_of(found)
        )
        for question, found in same_texts(results)
    ]
    late = [row for row in results.rows if row.graded.late]
    if late:
        same.append(_("Late: {names}.").format(names=names_of(late)))
    if not (rows or same or results.unmatched):
        return ""
    parts: list[Piece] = [
        tag("h2", _("For you alone")),
        tag("p", _("Not on any student's page. A note is a reason to ask, not a proof."), class_="note"),
    ]
    if same:
        parts.append(bullets(same))
    if rows:
        parts.append(table([_("student"), _("what was noticed")], rows, texts=(0, 1), class_="whole"))
    if results.unmatched:
        files = [[path, why] for path, why in results.unmatched]
        parts += [
            tag("h3", _("Files that were not graded")),
            table([_("file"), _("why")], files, texts=(0, 1), class_="whole"),
        ]
    return join(parts)


def _made(results: Results) -> Piece:
    about = about_lines(results)
    shown = [_("{name}: {value}").format(name=name, value=value) for name, value in about[:7]]
    return tag("footer", bullets(shown))
