"""Brand files: read, refused with every problem at once, shown on the page."""

import warnings

import pytest
import yaml
from support.small_page import png

from casekit import errors
from casekit.reports.brand import EXAMPLE, Brand, on_paper, read_brand, read_paper, write_example
from casekit.reports.colours import alike, contrast, mix, on, readable
from casekit.reports.page import _brand_style

GOOD = """
name: Example Bank
logo: logo.png
colours:
  primary: "#8A1538"
  secondary: "#c90"
footer: internal
font: Fira Sans
paper: letter
"""


@pytest.fixture
def write(tmp_path):
    (tmp_path / "logo.png").write_bytes(png())

    def write(text):
        path = tmp_path / "brand.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def message(path):
    with pytest.raises(errors.InputError) as caught:
        read_brand(path)
    return str(caught.value)


def test_a_whole_brand(write):
    brand = read_brand(write(GOOD))
    assert (brand.name, brand.footer, brand.font, brand.paper) == (
        "Example Bank",
        "internal",
        "Fira Sans",
        "letter",
    )
    assert (brand.primary, brand.secondary) == ("#8a1538", "#cc9900")
    assert brand.logo == png()
    assert brand.logo_uri.startswith("data:image/png;base64,")


def test_an_empty_file_is_the_shipped_look(write):
    assert read_brand(write("# nothing\n")) == Brand()


def test_figures_get_main_colours_and_keep_gain_and_loss(write):
    colours = read_brand(write(GOOD)).figure_colours
    assert colours == {"blue": "#8a1538", "sky": mix("#8a1538", "#ffffff", 0.45), "orange": "#cc9900"}
    assert read_brand(write(GOOD)).environment["CASEKIT_BRAND"].startswith("blue=#8a1538,sky=")


def test_without_colours_no_variable_is_set(write):
    assert read_brand(write("name: A")).environment == {}


def test_a_palette_goes_in_order(write):
    brand = read_brand(write('colours: {palette: ["#0b5a8a", "#e69f00", "#aaccee"]}'))
    assert brand.figure_colours == {"blue": "#0b5a8a", "orange": "#e69f00", "sky": "#aaccee"}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("nmae: A", "did you mean 'name'?"),
        ("name: 7", "name must be text"),
        ("paper: a5", "paper must be a known name, got 'a5'"),
        ("colours: blue", "colours must be a list of names with values"),
        ("colours: {prim: '#fff'}", "colour must be a known name"),
        ("colours: {primary: blue}", "primary must be a colour of six hexadecimal digits, got 'blue'"),
        ("colours: {primary: 123456}", "primary must be a colour of six hexadecimal digits, got 123,456"),
        ("colours: {palette: ['#fff']}", "palette must list two to six colours"),
        ("colours: {palette: ['#fff', 'x']}", "palette[2] must be a colour"),
        ("logo: none.png", "no file none.png"),
        ("logo: logo.svg", "Allowed: .png, .jpg, .jpeg"),
        ("logo: brand.png", "brand.png, which is none"),
        ('font: "A\\"; x"', "font must be the name of one font"),
        ("font: '{x}'", "font must be the name of one font"),
        ("- a\n- b", "must be a list of names with values"),
        ("name: [", "the brand file must be YAML"),
    ],
)
def test_what_is_wrong_is_named(write, text, part, tmp_path):
    (tmp_path / "brand.png").write_text("no picture", encoding="utf-8")
    assert part in message(write(text))


def test_all_problems_at_once(write):
    text = message(write("nmae: A\npaper: a5\ncolours: {primary: blue}\nlogo: none.png"))
    assert text.count("brand: ") == 4


def test_a_missing_file(tmp_path):
    assert "casekit brand new" in message(tmp_path / "none.yaml")


def test_pale_text_is_warned_of_and_set_darker(write):
    with pytest.warns(
        errors.CasekitWarning, match="primary .#ffcc00. has a contrast of 1.51 on white, below 4.5"
    ):
        brand = read_brand(write('colours: {primary: "#ffcc00"}'))
    assert brand.accent == "#ffcc00"
    assert contrast(brand.text_accent) >= 4.5


def test_colours_that_look_alike_are_warned_of(write):
    with pytest.warns(errors.CasekitWarning, match="can hardly tell apart #aa4400 – #667700"):
        read_brand(write('colours: {palette: ["#aa4400", "#667700"]}'))


def test_shipped_colours_stay_apart():
    assert alike(["#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9"]) == []


def test_what_is_read_on_a_ground():
    assert (on("#ffcc00"), on("#003366")) == ("#222222", "#ffffff")
    assert readable("#003366") == "#003366"


def test_the_example_is_read_without_a_word(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        brand = read_brand(write_example(tmp_path / "brand.yaml"))
    assert brand.name == "Example Bank"
    assert set(yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))) <= {"name", "colours", "footer", "paper"}


def test_the_example_replaces_nothing(tmp_path):
    write_example(tmp_path / "b.yaml")
    with pytest.raises(errors.InputError, match="must not exist yet"):
        write_example(tmp_path / "b.yaml")
    write_example(tmp_path / "b.yaml", overwrite=True)


def test_no_brand_changes_no_style():
    assert _brand_style(Brand()) == ""


def test_the_page_takes_colours_and_fonts():
    style = _brand_style(Brand(primary="#ffcc00", font="Fira Sans", chinese_font="Noto Sans CJK SC"))
    assert "--accent: #ffcc00" in style
    assert readable("#ffcc00") in style
    assert '"Fira Sans", "Noto Sans CJK SC"' in style


def test_a_paper_that_was_asked_for_goes_before_that_of_the_brand():
    letter = Brand(name="Acme", paper="letter")
    assert on_paper(letter, None) is letter and on_paper(None, None) is None
    assert on_paper(letter, "a4") == Brand(name="Acme")
    assert on_paper(None, "letter") == Brand(paper="letter")
    assert read_paper("Letter") == "letter" and read_paper(None) is None
    with pytest.raises(errors.InputError, match="paper must be a known name, got 'A5'"):
        read_paper("A5")
