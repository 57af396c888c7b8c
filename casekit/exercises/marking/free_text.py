"""Free texts on one sheet and one page, without names, in an order that tells none, to mark by a rubric."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from casekit._text import _, format_number, ngettext
from casekit.exercises.checking.question import Criterion, Question
from casekit.exercises.marking.checked_values import checked_values
from casekit.exercises.marking.page_parts import Piece, facts, join, page, table, tag
from casekit.exercises.marking.results import Results, Row
from casekit.exercises.marking.sheet_cells import font, put, row_height
from casekit.information.sheets import new_book, save_book, text_width

#: The sheet that is filled in, and the page to read beside it.
SHEET, PAGE = "free_text.xlsx", "free_text.html"

#: Columns before those of the rubric, and how wide the text stands.
BEFORE = 3
_TEXT_WIDTH = 90

#: A line from here on was broken because it had become long.
_WRAPPED = 60


@dataclass(frozen=True)
class Text:
    """One text to be marked."""

    row: Row
    question: Question
    text: str

    @property
    def code(self) -> str:
        return self.row.code


def texts_of(results: Results) -> list[Text]:
    """Every text that a person marks, question by question, in the order of the codes."""
    found = []
    for question in results.questions:
        if question.kind != "free_text":
            continue
        rows = sorted(results.ran, key=lambda row: row.code)
        for row in rows:
            mark = next(mark for mark in row.marks if mark.question == question.id)
            if mark.status in ("by hand", "marked"):
                found.append(Text(row, question, row.graded.free_text[question.id]))
    return found


def criteria_of(question: Question) -> tuple[Criterion, ...]:
    """The rubric of a question; one line for all points if it has none."""
    return question.rubric or (Criterion(_("points"), question.points, question.title),)


def sheet_name(question: Question) -> str:
    """Name of the sheet on which a question is marked."""
    return "".join(letter if letter.isalnum() or letter in ".-_ " else "_" for letter in question.id)[:31]


# -- the sheet ---------------------------------------------------------------------------------------------


def write_free_text_sheet(results: Results, path: Path) -> Path | None:
    """Write the sheet to fill in, points that were given already in it; None if there is no text to mark."""
    texts = texts_of(results)
    if not texts:
        return None
    book = new_book()
    for question in results.questions:
        own = [text for text in texts if text.question.id == question.id]
        if own:
            _fill(book.create_sheet(sheet_name(question)), question, own)
    _how(book.create_sheet(_("rubric")), results, texts)
    return save_book(book, path)


def headings(question: Question) -> list[str]:
    """The first row of a question's sheet."""
    lines = [f"{line.name} (0–{format_number(line.points)})" for line in criteria_of(question)]
    return [_("code"), _("words"), _("text"), *lines, _("sum"), _("comment to the student")]


def _fill(sheet: Any, question: Question, texts: list[Text]) -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter

    criteria = criteria_of(question)
    columns = headings(question)
    line = Side(style="thin", color="D5DAE0")
    for place, heading in enumerate(columns, 1):
        cell = put(sheet.cell(1, place), heading)
        cell.font = font()
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
        cell.border = Border(bottom=Side(style="medium", color="5C6670"))
    first, last = get_column_letter(BEFORE + 1), get_column_letter(BEFORE + len(criteria))
    for number, text in enumerate(texts, 2):
        hand = text.row.hand.get(question.id)
        points = [hand.points.get(item.name) if hand else None for item in criteria]
        shown = unwrapped(text.text)
        values = [text.code, count_words(shown), shown, *points]
        for place, value in enumerate(values, 1):
            cell = put(sheet.cell(number, place), value)
            cell.alignment = Alignment(
                vertical="top", horizontal="center" if place > BEFORE else None, wrap_text=place == BEFORE
            )
            cell.border = Border(bottom=line)
            if place > BEFORE:
                cell.fill = PatternFill("solid", fgColor="FFF9E3")
                cell.protection = Protection(locked=False)
        total = sheet.cell(number, BEFORE + len(criteria) + 1)
        total.value = f'=IF(COUNT({first}{number}:{last}{number})=0,"",SUM({first}{number}:{last}{number}))'
        total.alignment, total.border = Alignment(vertical="top"), Border(bottom=line)
        comment = put(sheet.cell(number, len(columns)), hand.comment if hand and hand.comment else None)
        comment.alignment = Alignment(vertical="top", wrap_text=True)
        comment.number_format, comment.border = "@", Border(bottom=line)
        comment.fill = PatternFill("solid", fgColor="FFF9E3")
        comment.protection = Protection(locked=False)
        sheet.row_dimensions[number].height = max(30.0, row_height([(shown, _TEXT_WIDTH)]))
    _validate(sheet, question, len(texts))
    for place, width in enumerate([9, 8, _TEXT_WIDTH, *[15] * len(criteria), 7, 44], 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _validate(sheet: Any, question: Question, count: int) -> None:
    """Each criterion takes a number from 0 to its points, and says so."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for place, item in enumerate(criteria_of(question), BEFORE + 1):
        letter = get_column_letter(place)
        most = format_number(item.points)
        rule = DataValidation(
            type="decimal", operator="between", formula1="0", formula2=f"{item.points:g}", allow_blank=True
        )
        rule.errorTitle, rule.error = item.name[:32], _("A number from 0 to {most}.").format(most=most)
        rule.promptTitle, rule.prompt = item.name[:32], f"0–{most}: {item.full}"[:255]
        rule.showErrorMessage = rule.showInputMessage = True
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{count + 1}")


def unwrapped(text: str) -> str:
    """A text without the line breaks that only kept its lines short in the notebook.

    Examples
    --------
    >>> unwrapped("a line of a text that somebody broke because it had become rather long,\\nand its end")
    'a line of a text that somebody broke because it had become rather long, and its end'
    >>> unwrapped("- one\\n- two")
    '- one\\n- two'
    """
    made, above = "", ""
    for line in text.strip().split("\n"):
        line = line.rstrip()
        if line and not line.startswith(("-", "*", "•", "#")) and text_width(above) >= _WRAPPED:
            chinese = ord(above[-1]) > 0x2E80 and ord(line[0]) > 0x2E80
            made += ("" if chinese else " ") + line.lstrip()
        else:
            made += ("\n" if made else "") + line
        above = line
    return made


def count_words(text: str) -> int:
    """Words of a text; every Chinese character counts as one.

    Examples
    --------
    >>> count_words("Go on, with fewer calls."), count_words("继续 but 少打电话")
    (5, 7)
    """
    chinese = sum("\u3400" <= letter <= "\u9fff" for letter in text)
    plain = "".join(" " if "\u3400" <= letter <= "\u9fff" else letter for letter in text)
    return chinese + len([word for word in plain.split() if any(letter.isalnum() for letter in word)])


def _how(sheet: Any, results: Results, texts: list[Text]) -> None:
    from openpyxl.styles import Alignment

    lines = [
        [
            _(
                "Fill in the yellow cells: points for each criterion, a comment if you like. "
                "A row left empty waits."
            )
        ],
        [
            _("Then: casekit exercises marks {folder} --by-hand {file}").format(
                folder=results.folder.name, file=SHEET
            )
        ],
        [_("Names are left out on purpose; the code leads back to the student.")],
        [],
        [_("question"), _("criterion"), _("points"), _("for full points")],
    ]
    for question in {text.question.id: text.question for text in texts}.values():
        for item in criteria_of(question):
            lines.append([question.id, item.name, item.points, item.full])  # type: ignore[list-item]
    for number, values in enumerate(lines, 1):
        for place, value in enumerate(values, 1):
            cell = put(sheet.cell(number, place), value)
            cell.font = font(bold=number == 5)
            cell.alignment = Alignment(vertical="top", wrap_text=number > 5)
    for letter, width in zip("ABCD", (10, 26, 9, 90), strict=True):
        sheet.column_dimensions[letter].width = width


# -- the page ----------------------------------------------------------------------------------------------


def free_text_page(results: Results) -> str:
    """The texts as a page to read, with the rubric above them, as HTML."""
    texts = texts_of(results)
    waiting = sum(text.question.id not in text.row.hand for text in texts)
    body: list[Piece] = [
        facts(
            [
                (_("exercise"), results.exercise.id),
                (_("texts"), tag("strong", len(texts))),
                (_("still to mark"), tag("strong", waiting)),
            ]
        ),
        tag("p", _("Marks go into {file}. Names are left out on purpose.").format(file=SHEET), class_="note"),
        tag(
            "p",
            _("Beside each text: the right values on that student's data. Hand this page to nobody."),
            class_="note",
        ),
    ]
    for question in {text.question.id: text.question for text in texts}.values():
        own = [text for text in texts if text.question.id == question.id]
        body += [_rubric(question), *[_text(results, text) for text in own]]
    return page(results.exercise.title, *body, kind=_("Texts to mark"))


def _rubric(question: Question) -> Piece:
    rows = [[item.name, format_number(item.points), item.full] for item in criteria_of(question)]
    title = _("{id} · {title}").format(id=question.id, title=question.title)
    headings = [_("criterion"), _("points"), _("for full points")]
    return join([tag("h2", title), table(headings, rows, texts=(0, 2), class_="whole")])


def _text(results: Results, text: Text) -> Piece:
    hand = text.row.hand.get(text.question.id)
    words = count_words(text.text)
    count = ngettext("{count} word", "{count} words", words).format(count=words)
    if 0 < words < text.question.min_words:
        count = _("{count}, {wanted} were asked for").format(count=count, wanted=text.question.min_words)
    if hand is None:
        given: Piece = tag("span", _("to mark"), class_="pill wait")
    else:
        points = _("{points} of {out_of}").format(
            points=format_number(hand.total), out_of=format_number(text.question.points)
        )
        given = tag("span", points, class_="pill right")
    head = tag("h3", tag("span", text.code, class_="code"), given)
    note = tag("p", count, class_="said")
    comment = tag("p", hand.comment) if hand and hand.comment else ""
    return tag(
        "section",
        head,
        note,
        tag(
            "div",
            tag("div", unwrapped(text.text) or Markup("–"), class_="answer"),
            checked_values(results, text.row),
            class_="beside",
        ),
        comment,
        class_="card",
    )
