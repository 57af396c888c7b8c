"""The parameters cell as schema: what it says, and that a line that does not parse is an error."""

import pytest

from casekit._validate import Check
from casekit.errors import InputError
from casekit.reports.parameters import check_parameters, parse_parameters


def only(line):
    (parameter,) = parse_parameters(line)
    return parameter


def test_a_number_with_range_unit_and_meaning():
    parameter = only("rate: float = 0.12  # [0, 1] a year; discount rate")
    assert (parameter.low, parameter.high, parameter.unit, parameter.meaning) == (
        0,
        1,
        "a year",
        "discount rate",
    )


def test_half_open_ranges():
    assert only("n: int = 5  # [1,] calls; x").high is None
    assert only("n: int = 5  # [, 9] calls; x").low is None


def test_choices_and_literals_mean_the_same():
    spelled = 'mode: str = "own"  # {own, ahp}; weights'
    literal = "mode: \"Literal['own', 'ahp']\" = 'own'  # ; weights"
    assert only(spelled).choices == only(literal).choices == ("own", "ahp")


def test_optional_text_and_a_hash_inside_a_text():
    parameter = only('data: str | None = "a#b; c"  # ; path of your own file')
    assert parameter.optional
    assert parameter.default == "a#b; c"


@pytest.mark.parametrize(
    "line",
    [
        "rate = 0.12  # [0, 1] a year; no type",
        "rate: float = 0.12",
        "rate: float = 0.12  # [0, 1] a year, no meaning",
        "rate: complex = 0.12  # ; unknown type",
        "rate: float = compute()  # ; not a literal",
        "rate: float = 0.12  # [low, high] a year; no numbers",
        "import os",
        "rate: float =  # ; nothing",
    ],
)
def test_a_line_that_does_not_parse_is_an_error(line):
    with pytest.raises(InputError, match="each line of the parameters cell must declare one parameter"):
        parse_parameters(line)


@pytest.fixture
def case(workbook):
    workbook("90_small")
    return "small"


def test_texts_from_the_command_line_become_values(case):
    values = check_parameters(case, {"capacity": "5", "share": "0.5", "data": "none"})
    assert (values["capacity"], values["share"], values["data"], values["mode"]) == (5, 0.5, None, "own")


def test_commas_between_groups_of_three_are_no_decimal_commas():
    large = parse_parameters("n: float = 1.0  # [0, 10000000] points; how many")[0]
    check = Check("test")
    assert [large.value_of(check, text) for text in ("1,000", "1,234,567.5")] == [1000.0, 1234567.5]
    assert not check.problems


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"capacty": 5}, "(?s)parameter must be a known name, got 'capacty'.*did you mean 'capacity'"),
        ({"capacity": "many"}, "capacity must be a whole number, got 'many'"),
        ({"capacity": 2.5}, "capacity must be a whole number"),
        ({"capacity": 10}, "(?s)capacity must lie in its range, got 10.*Allowed: 1 to 9"),
        ({"share": 85}, "for 85 % write 0.85"),
        ({"share": "45%"}, "(?s)share must be a number, got '45%'.*for 45 % write 0.45"),
        ({"share": "0,5"}, "(?s)share must be a number, got '0,5'.*for 0,5 write 0.5"),
        ({"capacity": "5,5"}, "(?s)capacity must be a whole number, got '5,5'"),
        ({"mode": "ahpp"}, "did you mean 'ahp'"),
        ({"data": 7}, "data must be a text"),
        ({"capacity": None}, "capacity must be a whole number"),
        ({"capacity": True}, "capacity must be a whole number"),
    ],
)
def test_a_wrong_value_is_named(case, values, message):
    with pytest.raises(InputError, match=message):
        check_parameters(case, values, strict=True)


def test_all_wrong_values_are_reported_together(case):
    with pytest.raises(InputError, match="(?s)capacty.*share"):
        check_parameters(case, {"capacty": 5, "share": 2}, strict=True)
