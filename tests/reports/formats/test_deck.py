"""Slides of an outline: nothing lost, nothing said twice, nothing too long."""

from support.small_page import figure, page, section, table, text, told, whole_page

from casekit.reports.formats.deck import FULL, cut_sentence, deck
from casekit.reports.formats.outline import read_outline


def slides(*parts):
    return deck(read_outline(page(*parts)))


def test_one_group_a_section():
    outline = read_outline(whole_page())
    groups = deck(outline)
    assert [group[0].section for group in groups] == [part.heading for part in outline.sections]


def test_one_slide_a_figure_or_table():
    group = slides(
        section("A", figure(1, "It rose by 12 % in one year."), table(3), figure(2, "It fell by 3.5 %."))
    )[0]
    assert [slide.visual.kind for slide in group] == ["figure", "table", "figure"]


def test_the_title_is_the_finding_and_is_not_said_again():
    (slide,) = slides(
        section("A", figure(1, "Public data. It rose by 12 % in one year. Chance is ruled out."))
    )[0]
    assert slide.title == "It rose by 12 % in one year"
    assert [block.text for block in slide.beside] == ["Public data. Chance is ruled out."]


def test_a_section_without_anything_has_a_slide_of_its_own():
    ((slide,),) = slides(section("Empty"))
    assert (slide.title, slide.visual, slide.beside) == ("Empty", None, ())


def test_prose_goes_to_the_notes_where_something_was_computed():
    ((slide,),) = slides(section("A", text("Some prose here."), told("It pays from 12 % on every year.")))
    assert [block.text for block in slide.notes] == ["Some prose here.", "It pays from 12 % on every year."]
    assert slide.beside == ()
    assert slide.title == "It pays from 12 % on every year"


def test_prose_is_shown_where_nothing_was_computed():
    ((slide,),) = slides(section("A", text("Some prose here.")))
    assert [block.text for block in slide.beside] == ["Some prose here."]


def test_much_text_is_spread_over_slides():
    parts = [
        told(f"Sentence number {number} says a little more than the last one did.") for number in range(40)
    ]
    group = slides(section("A", *parts))[0]
    assert len(group) > 2
    assert all(sum(len(block.text) for block in slide.beside) <= FULL for slide in group)
    assert sum(len(slide.beside) for slide in group) == 39  # one is the title


def test_a_long_list_goes_on_on_the_next_slide():
    items = "".join(f"<li>Author {number} (2001). {'A long title ' * 8}</li>" for number in range(20))
    group = slides(section("References", f'<section class="text"><ul>{items}</ul></section>'))[0]
    assert len(group) > 1
    assert sum(len(slide.beside) for slide in group) == 20


def test_an_announcement_without_what_it_announces_is_dropped():
    items = "".join(f"<li>{'word ' * 60}</li>" for _number in range(8))
    parts = [
        figure(1, "It rose by 12 % in one year."),
        told("At these prices:"),
        f'<div class="output"><ul>{items}</ul></div>',
    ]
    ((slide,),) = slides(section("A", *parts))
    assert not any(block.text.endswith(":") for block in slide.beside)


def test_a_sentence_is_cut_out_of_its_markup():
    html = "<p><b>Call</b> the <i>best</i>. It pays.</p>"
    assert cut_sentence(html, "Call the best.").replace(" ", "") == "<p>Itpays.</p>"
    assert cut_sentence(html, "Not there.") == html
