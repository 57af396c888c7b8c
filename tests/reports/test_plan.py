"""Plans: what they make, and what is said when something in them is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from support.small_notebooks import write_notebook

from casekit import errors
from casekit.reports.plan import read_plan
from casekit.reports.plan.description import describe_plan, print_plan, summary_of
from casekit.reports.plan.example import write_example


@pytest.fixture
def plan(workbook, tmp_path):
    """Writes a plan beside a workbook of two cases; returns a function that reads it."""
    workbook("90_small")
    workbook("91_other")

    def read(text, name="plan.yaml", encoding="utf-8", **options):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return read_plan(path, **options)

    return read


def problems(plan, text, name="plan.yaml", **options):
    """The problems of a plan as ``line: rule [got]``, in their order."""
    with pytest.raises(errors.InputError) as caught:
        plan(text, name, **options)
    assert caught.value.function == "plan"
    return [
        f"{re.sub(r'^.*?(line|row) ', '', problem.where)}: {problem.must} [{problem.got}]"
        for problem in caught.value.problems
    ]


# -- what a plan makes -----------------------------------------------------------------------------------


def test_defaults_and_what_a_report_says_itself(plan, tmp_path):
    made = plan("""
defaults: {language: zh, formats: [html, ipynb], parameters: {capacity: 5, share: 0.5}}
out: made
reports:
  - small
  - case: "91"
    name: second
    language: en
    formats: html
    title: Whom to call
    parameters: {capacity: 7}
""")
    first, second = made.tasks
    assert (first.case, first.language, first.formats) == ("90_small", "zh_CN", ("html", "ipynb"))
    assert first.parameters == {"capacity": 5, "share": 0.5}
    assert first.name.startswith("90_small-") and first.name.endswith("-zh_CN")
    assert (second.name, second.language, second.formats) == ("second", "en", ("html",))
    assert second.parameters == {"capacity": 7, "share": 0.5}
    assert (second.title, second.where) == ("Whom to call", "plan.yaml, line 6")
    assert made.out == tmp_path / "made"


def test_values_take_the_type_of_their_parameter(plan):
    (task,) = plan("reports: [{case: small, parameters: {capacity: '4', share: 1e-1, mode: ahp}}]").tasks
    assert task.parameters == {"capacity": 4, "share": 0.1, "mode": "ahp"}
    assert type(task.parameters["capacity"]) is int


def test_yaml_leaves_words_as_they_were_typed(plan, tmp_path):
    for city in ("no", "010", "2023-12-31", "12:30"):
        (tmp_path / f"{city.replace(':', '_')}.csv").write_text("a\n1\n", encoding="utf-8")
    text = """
reports: [small]
defaults: {name: "{day}", title: "{day}", data: "{day}.csv"}
grid: {day: [no, 010, 2023-12-31]}
"""
    assert [task.name for task in plan(text).tasks] == ["no", "010", "2023-12-31"]


def test_a_grid_makes_every_combination_of_parameters_and_words(plan, tmp_path):
    clients = tmp_path / "clients"
    clients.mkdir()
    for name in ("上海-2022", "上海-2023", "北京-2022", "北京-2023"):
        (clients / f"{name}.xlsx").write_bytes(b"x")
    made = plan("""
reports:
  - case: small
    name: "{case}-{city}-{year}-{capacity}"
    data: clients/{city}-{year}.xlsx
    title: "{city}, {year}: {data}"
    grid: {city: [上海, 北京], year: [2022, 2023], capacity: [2, 3]}
""")
    assert len(made.tasks) == 8
    first = made.tasks[0]
    assert first.name == "90_small-上海-2022-2"
    assert first.title == "上海, 2022: 上海-2022"
    assert first.parameters == {"capacity": 2, "data": str((clients / "上海-2022.xlsx").resolve())}
    assert [task.name for task in made.tasks][:3] == [
        "90_small-上海-2022-2",
        "90_small-上海-2022-3",
        "90_small-上海-2023-2",
    ]


def test_a_grid_without_reports_runs_over_cases_and_languages(plan):
    made = plan("grid: {case: [small, other], language: [en, 中文], capacity: [2]}")
    assert [(task.name, task.language) for task in made.tasks] == [
        ("90_small-2", "en"),
        ("90_small-2-zh_CN", "zh_CN"),
        ("91_other-2", "en"),
        ("91_other-2-zh_CN", "zh_CN"),
    ]


def test_a_reports_own_grid_goes_before_that_of_the_plan(plan):
    made = plan("""
grid: {capacity: [1, 2, 3]}
reports:
  - small
  - {case: other, grid: {capacity: [9]}}
  - {case: other, name: once, grid: {}}
""")
    assert [task.name for task in made.tasks] == [
        "90_small-1",
        "90_small-2",
        "90_small-3",
        "91_other-9",
        "once",
    ]


def test_none_takes_a_default_back(plan, tmp_path):
    (tmp_path / "a.csv").write_text("a\n1\n", encoding="utf-8")
    made = plan("""
defaults: {data: a.csv}
reports: [{case: small, name: a}, {case: small, name: b, data: none}, {case: small, name: c, data: null}]
""")
    assert [task.parameters["data"] for task in made.tasks] == [
        str((tmp_path / "a.csv").resolve()),
        None,
        None,
    ]


def test_a_default_parameter_counts_for_the_cases_that_have_it(plan, tmp_path):
    own = write_notebook(tmp_path / "own.ipynb")
    text = own.read_text(encoding="utf-8").replace("capacity: int = 3", "visits: int = 3")
    own.write_text(text, encoding="utf-8")
    made = plan("defaults: {parameters: {visits: 4}}\nreports: [small, own.ipynb]")
    assert [task.parameters for task in made.tasks] == [{}, {"visits": 4}]
    assert made.tasks[1].case == str(own.resolve())


def test_the_paper_of_each_report(plan):
    made = plan("""
defaults: {paper: Letter}
reports: [{case: small, name: a}, {case: small, name: b, paper: A4}, {case: small, name: c, 纸张: none}]
""")
    assert [task.paper for task in made.tasks] == ["letter", "a4", None]
    assert plan("reports: [{case: small, paper: a4}]", paper="letter").tasks[0].paper == "letter"
    assert problems(plan, "reports:\n- {case: small, paper: a5}") == ["2: paper must be a known name ['a5']"]


def test_doubled_braces_stand_for_themselves(plan):
    assert plan("reports: [{case: small, title: '{{x}} {case}'}]").tasks[0].title == "{x} 90_small"


def test_the_command_line_goes_before_the_plan(plan, tmp_path):
    made = plan(
        "out: a\nreports: [{case: small, formats: [html], language: en}]",
        out=tmp_path / "b",
        formats=["html", "ipynb"],
        language="zh_CN",
    )
    assert made.out == tmp_path / "b"
    assert (made.tasks[0].formats, made.tasks[0].language) == (("html", "ipynb"), "zh_CN")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_yaml_in_any_encoding(plan, encoding):
    text = (
        "reports: [{案例: small, 名称: 上海, title: é}]"
        if encoding != "gb18030"
        else "reports: [{案例: small, 名称: 上海}]"
    )
    assert plan(text, encoding=encoding).tasks[0].name == "上海"


def test_aliases_are_understood_once(plan):
    text = "base: &base {case: small}\nreports: [small]"
    assert problems(plan, text) == ["1: key must be a known name ['base']"]


# -- spreadsheets ----------------------------------------------------------------------------------------


SHEET = """案例,名称,语言,格式,capacity,share,备注
90,上海,中文,html、ipynb,4,,按时

other,北京,English,,,0.25,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_in_any_encoding(plan, encoding):
    first, second = plan(SHEET, "plan.csv", encoding).tasks
    assert (first.name, first.language, first.formats) == ("上海", "zh_CN", ("html", "ipynb"))
    assert first.parameters == {"capacity": 4}
    assert (second.case, second.parameters, second.formats) == ("91_other", {"share": 0.25}, ("html",))
    assert (first.where, second.where) == ("plan.csv, row 2", "plan.csv, row 4")


def test_numbers_dates_and_booleans_of_excel(plan, tmp_path):
    from datetime import datetime

    book = openpyxl.Workbook()
    book.active.append(["Case", "Name", "capacity", "share", "title"])
    book.active.append([90, datetime(2023, 12, 31), 4.0, 0.25, "{name}"])
    book.active["E2"] = 2023
    book.save(tmp_path / "plan.xlsx")
    (task,) = read_plan(tmp_path / "plan.xlsx").tasks
    assert (task.name, task.title) == ("2023-12-31", "2023")
    assert task.parameters == {"capacity": 4, "share": 0.25}


def test_the_sheet_with_the_plan_is_found(plan, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["read me"])
    book.create_sheet("reports").append(["case"])
    book["reports"].append(["small"])
    book.save(tmp_path / "plan.xlsx")
    assert [task.case for task in read_plan(tmp_path / "plan.xlsx").tasks] == ["90_small"]


def test_a_column_can_be_a_word_for_patterns(plan):
    made = plan("case,name,city\nsmall,{case}-{city},上海\nsmall,{case}-{city},北京\n", "plan.csv")
    assert [task.name for task in made.tasks] == ["90_small-上海", "90_small-北京"]


# -- what is wrong ---------------------------------------------------------------------------------------


def test_everything_wrong_is_listed_at_once_in_the_order_of_the_lines(plan):
    found = problems(
        plan,
        """
defaults:
  langauge: zh
reports:
  - case: smal
  - case: small
    parameters:
      capacity: 99
      capacty: 3
      share: 20%
      mode: others
  - case: other
    name: a/b
    formats: [html, hmtl]
    language: fr
  - case: other
    name: index
    brand: none.yaml
    data: nothing.csv
  - case: other
    name: same
  - case: other
    name: Same
  - case: other
    name: "{city}"
  - name: x
  - case: small
    name: y
    reading: amount=x
  - case: small
    name: z
    worklist: nowhere/list.txt
""",
    )
    assert found == [
        "3: key must be a known name ['langauge']",
        "5: case must be a known name ['smal']",
        "8: capacity must lie in its range [99]",
        "9: parameter must be a known name ['capacty']",
        "10: share must be a number ['20%' (text)]",
        "11: mode must be a known name ['others']",
        "13: name must be a file name without a folder that every system can hold ['a/b']",
        "14: format must be a known name ['hmtl']",
        "15: language must be a known name ['fr']",
        "17: name must not be one that the system or casekit keeps for itself ['index']",
        "18: the file of brand must exist [none.yaml]",
        "19: the file of data must exist [nothing.csv]",
        "22: output names must differ, apart from capitals too"
        " [Same.ipynb, written by plan.yaml, line 20 as well]",
        "25: word in braces must be a known name ['city']",
        "26: case must be given []",
        "29: rules for reading need a file to read [amount=x]",
        "32: the worklist must be a spreadsheet in a folder that exists [list.txt]",
    ]


def test_more_than_five_problems_are_all_told(plan):
    rows = "".join(f"small,{number},{number + 100}\n" for number in range(30))
    assert len(problems(plan, "case,name,capacity\n" + rows, "plan.csv")) == 30


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1: a plan must list its reports [nothing]"),
        ("reports: []", "1: a plan must list its reports [nothing]"),
        ("reports: small", "1: a plan must list its reports ['small']"),
        ("- small", "1: the plan must be lines of the form key: value [['small']]"),
        ("reports: [{case: small, case: other}]", "1: each key must be given once [case]"),
        ("reports: [small]\nreports: [other]", "2: each key must be given once [reports]"),
        ("reports: [{case: small, data: a, parameters: {data: b}}]", "1: each key must be given once [data]"),
        ("out: a\ndefaults: {out: b}\nreports: [small]", "2: each key must be given once [out]"),
        ("reports: [{case: [small]}]", "1: case must be one value; for several, make a grid [['small']]"),
        ("reports: [{case: small, parameters: [1]}]", "1: parameters must be lines of the form key: value"),
        ("reports: [small]\ngrid: {capacity: 3}", "2: each key of a grid must hold a list"),
        ("reports: [small]\ngrid: {capacity: []}", "2: each key of a grid must hold a list"),
        ("reports: [small]\ngrid: {capcity: [1]}", "2: parameter must be a known name ['capcity']"),
        ("reports: [{case: small, name: x, grid: {ctiy: [1]}}]", "1: parameter must be a known name"),
        ("reports: [small]\ndefaults: {parameters: {capcity: 1}}", "2: parameter must be a known name"),
        ("reports:\n- small\n\t- other", "3: the plan must be YAML"),
        ("reports: [small]\n---\nreports: [other]", "2: the plan must be YAML"),
        ("reports: [small", "1: the plan must be YAML"),
        ("reports: ['a\x07b']", "1: the plan must be YAML"),
        ("reports: [{[a]: b}]", "1: a key must be a word"),
        ("reports: [nothing.ipynb]", "1: the file of case must exist [nothing.ipynb]"),
        ("reports: [small, small]", "1: output names must differ"),
        ("reports: [{case: small, capacity: 1}]", "1: key must be a known name"),
        ("reports: [{case: small, parameters: {capacity: null}}]", "1: capacity must be a whole number [no"),
        ("reports: [{case: small, name: 'a.failed'}]", "1: name must not be one that the system"),
        ("reports: [{case: small, name: 'com1.x'}]", "1: name must not be one that the system"),
        ("reports: [{case: small, name: ' a.'}]", "1: name must be a file name without a folder"),
        (f"reports: [{{case: small, name: {'上' * 67}}}]", "1: name must be short enough"),
        ("grid: {a: [1,2,3,4,5,6,7,8,9,10], b: [1,2,3,4,5,6,7,8,9,10], c: [1,2,3,4,5,6,7,8,9,10], "
         "d: [1,2,3,4,5,6,7,8,9,10,11]}", "1: a grid must give no more than 10,000 reports [11,000]"),
        ("reports: [{case: small, name: '{capcity}', grid: {capcity: [1]}}]", "1: parameter must be a known"),
    ],
)  # fmt: skip
def test_each_guard_by_a_bad_plan(plan, text, expected):
    found = problems(plan, text)
    assert any(expected in line for line in found), found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1: the plan must have at least one row [none]"),
        ("case,name\n", "1: the plan must have at least one row [none]"),
        ("name,capacity\na,3\n", "1: the plan must have the columns case [columns name, capacity]"),
        (
            "case,name,名称\nsmall,a,b\n",
            "1: each column of the plan must have a name of its own [name, 名称]",
        ),
        ("case,name\nsmall,a,b\n", "2: each cell must stand below a column name ['b']"),
        ("case,capcity\nsmall,\n", "1, column capcity: parameter must be a known name ['capcity']"),
        (
            "case,name,capacity\nsmall,a,x\n",
            "2, column capacity: capacity must be a whole number ['x' (text)]",
        ),
        ("案例,名称\nsmall,a/b\n", "2, column 名称: name must be a file name without a folder"),
        ("案例,名称\nsmal,a\n", "2, column 案例: case must be a known name ['smal']"),
        ("名称,x\na,3\n", "1: the plan must have the columns case [columns 名称, x]"),
        (
            "case,name,city\nsmall,{city},a\nother,{city},\n",
            "3, column name: each word in braces must have a",
        ),
        ("case,name\n,a\n", "2: case must be given []"),
        ("case,name\nsmall,a\nother,A\n", "3: output names must differ"),
    ],
)
def test_each_guard_by_a_bad_sheet(plan, text, expected):
    assert any(expected in line for line in problems(plan, text, "plan.csv"))


def test_an_unknown_column_is_told_once_and_not_for_every_row(plan):
    rows = "".join(f"small,{number},3\n" for number in range(9))
    assert problems(plan, "case,name,capcity\n" + rows, "plan.csv") == [
        "1, column capcity: parameter must be a known name ['capcity']"
    ]


def test_a_report_must_not_overwrite_what_it_reads(plan, tmp_path):
    write_notebook(tmp_path / "own.ipynb")
    found = problems(plan, "out: .\nreports: [{case: own.ipynb, name: own}]")
    assert found == ["2: a report must not overwrite a file that the plan reads [own.ipynb]"]
    (tmp_path / "a.csv").write_text("a\n1\n", encoding="utf-8")
    found = problems(plan, "reports: [{case: small, data: a.csv, worklist: a.csv}]")
    assert found == ["1: a report must not overwrite a file that the plan reads [a.csv]"]


def test_a_brand_file_is_read_with_the_plan(plan, tmp_path):
    (tmp_path / "brand.yaml").write_text("nmae: Acme\n", encoding="utf-8")
    found = problems(plan, "defaults: {brand: brand.yaml}\nreports: [small, other]")
    assert len(found) == 1 and found[0].startswith("1: ") and "nmae" in found[0]


def test_two_formats_of_two_reports_can_be_one_file(plan):
    text = "reports: [{case: small, name: a, formats: slides}, {case: small, name: a.slides}]"
    assert "a.slides.html, written by" in problems(plan, text)[0]


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("data: client.csv", "did you mean 'clients.csv'?"),
        ("data: sub/aa.xlsx", "did you mean 'sub/a.xlsx'?"),
        ("data: sbu/a.xlsx", "did you mean 'sub/a.xlsx'?"),
        ("data: sub", "sub/a.xlsx"),
        ("data: braand.yaml", "it was looked for in {folder}; paths"),
        ("data: sub/clients.csv", "it was looked for in {folder}/sub; paths"),
        ("data: sbu/x.xlsx", "it was looked for in {folder}/sbu; paths"),
        ("brand: client.csv", "it was looked for in {folder}; paths"),
        ("brand: barnd.yaml", "did you mean 'brand.yaml'?"),
    ],
)
def test_a_missing_file_is_told_with_one_of_its_kind_or_its_folder(plan, tmp_path, said, hint):
    (tmp_path / "sub").mkdir()
    (tmp_path / "brand.yaml").write_text("name: Acme\n", encoding="utf-8")
    for name in ("clients.csv", "client.csv.notes", "~$clients.csv", "sub/a.xlsx", "sub/notes.md"):
        (tmp_path / name).write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(errors.InputError) as caught:
        plan(f"reports: [{{case: small, {said}}}]")
    (problem,) = caught.value.problems
    assert problem.hint.startswith(hint.format(folder=tmp_path.resolve()))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("- small\n- other", "write reports: above the list, and indent the list"),
        ("small", "reports: [bank_upsell, swot]"),
        ("reports: [{case: small, parameters: {capacity: [1]}}]", ""),
        ("reports: [{case: [small]}]", ""),
    ],
)
def test_one_slip_is_told_once(plan, text, hint):
    with pytest.raises(errors.InputError) as caught:
        plan(text)
    (problem,) = caught.value.problems
    assert problem.hint == hint


def test_a_word_without_a_value_is_none_in_a_name(plan, tmp_path):
    (tmp_path / "a.csv").write_text("a\n1\n", encoding="utf-8")
    made = plan("""
reports: [{case: small, name: "{case}-{data}-{mode}", title: "{data} {mode}"}, {case: other}]
grid: {data: [a.csv, none]}
""")
    assert [(task.name, task.title) for task in made.tasks] == [
        ("90_small-a-own", "a own"),
        ("90_small-none-own", "own"),
        ("91_other-a", None),
        ("91_other-none", None),
    ]


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("45", "for 45 % write 0.45"),
        ("1.45", "for 1.45 % write 0.0145, for 45 % write 0.45"),
        ("-5", "for -5 % write -0.05"),
        ("145", "a share is meant: for 45 % write 0.45"),
        ("20%", "for 20 % write 0.2"),
        ("0,2", "for 0,2 write 0.2"),
        ("null", "leave it out to keep the default, 0.2"),
    ],
)
def test_a_share_in_another_spelling_is_told_how_to_write(plan, value, hint):
    with pytest.raises(errors.InputError) as caught:
        plan(f"reports:\n- {{case: small, parameters: {{share: '{value}'}}}}".replace("'null'", "null"))
    (problem,) = caught.value.problems
    assert problem.hint == hint


def test_a_notebook_of_ones_own_without_a_grammar_is_refused(plan, tmp_path):
    (tmp_path / "own.ipynb").write_text("{}", encoding="utf-8")
    assert problems(plan, "reports: [own.ipynb]")[0].startswith("1: the case must be a notebook")


@pytest.mark.parametrize("name", ["plan.txt", "nothing.yaml"])
def test_a_plan_that_is_none(name, tmp_path):
    with pytest.raises(errors.InputError, match="casekit plan new"):
        read_plan(tmp_path / name)


def test_a_wrong_format_on_the_command_line_is_told(plan):
    with pytest.raises(errors.InputError, match="the command line"):
        plan("reports: [small]", formats="html,hmtl")


# -- what only the case knows, and the clients' files ----------------------------------------------------


def test_what_only_the_case_knows_is_part_of_the_plan(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("reports: [{case: bank_upsell, parameters: {gold_from: 900000}}]", encoding="utf-8")
    with pytest.raises(errors.InputError, match="platinum_from must be more than gold_from"):
        read_plan(path)


def test_clients_files_are_read_only_when_asked_for(tmp_path):
    (tmp_path / "a.csv").write_text("nothing\n1\n", encoding="utf-8")
    path = tmp_path / "plan.yaml"
    path.write_text("reports: [{case: swot, data: a.csv}]", encoding="utf-8")
    assert len(read_plan(path).tasks) == 1
    with pytest.raises(errors.InputError, match=r"plan\.yaml, line 1"):
        read_plan(path, check_data=True)


def test_a_bad_default_hides_nothing_of_what_is_wrong_with_a_file(tmp_path):
    (tmp_path / "a.csv").write_text("nothing\n1\n", encoding="utf-8")
    path = tmp_path / "plan.yaml"
    text = "defaults: {formats: pfd, brand: none.yaml}\nreports:\n- {case: swot, data: a.csv}"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(errors.InputError, match=r"(?s)pfd.*none\.yaml.*got columns nothing.*line 3"):
        read_plan(path, check_data=True)


# -- to start from, and to read ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plan.yaml", "plan.csv", "plan.xlsx"])
def test_the_example_is_a_sound_plan(tmp_path, name):
    made = read_plan(write_example(tmp_path / name), check_data=True)
    assert [task.name for task in made.tasks] == [
        "04_bank_upsell",
        "swot-careful",
        "05_lifetime_value-regular-0.2",
        "05_lifetime_value-regular-0.3",
        "05_lifetime_value-high_end-0.2",
        "05_lifetime_value-high_end-0.3",
    ]


def test_the_commented_part_of_the_example_is_sound_too(tmp_path):
    text = write_example(tmp_path / "plan.yaml").read_text(encoding="utf-8")
    head, tail = text.split("  # - case: loyalty_tiers")
    tail = "  - case: loyalty_tiers" + re.sub(r"(?m)^  # ", "  ", tail)
    (tmp_path / "clients").mkdir()
    for city in ("上海", "北京"):
        for year in (2022, 2023):
            (tmp_path / "clients" / f"{city}-{year}.xlsx").write_bytes(b"x")
    (tmp_path / "plan.yaml").write_text(head + tail, encoding="utf-8")
    made = read_plan(tmp_path / "plan.yaml")
    assert made.tasks[-1].name == "03_loyalty_tiers-北京-2023"
    assert len(made.tasks) == 10


def test_an_example_does_not_replace_a_plan(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(errors.InputError, match="--force"):
        write_example(path)
    assert write_example(path, overwrite=True).read_text(encoding="utf-8") != "mine"
    with pytest.raises(errors.InputError, match="known kind"):
        write_example(tmp_path / "plan.doc")
    with pytest.raises(errors.InputError, match="make the folder first"):
        write_example(tmp_path / "no" / "plan.csv")


def test_a_plan_in_a_table(plan):
    from rich.console import Console

    made = plan(
        "out: o\nreports: [{case: small, name: a, formats: 'html,pdf', parameters: {capacity: 4}}, other]"
    )
    console = Console(width=100)
    with console.capture() as text:
        console.print(describe_plan(made))
    assert "a.{html,pdf}" in text.get()
    assert "capacity=4" in text.get() and "defaults" in text.get()
    assert summary_of(made).startswith("2 reports in 5 files, into ")
    assert Path(summary_of(made).split("into ")[1]).name == "o"


def test_the_table_can_be_read_on_a_narrow_screen(plan):
    from rich.console import Console

    words = "a-rather-long-name-of-a-report-of-a-client-of-ours"
    made = plan(f"reports: [{{case: small, name: {words}, parameters: {{capacity: 4}}}}]")
    console = Console(width=40)
    with console.capture() as text:
        print_plan(made, console)
    assert "capacity=4" in text.get() and "shipped" in text.get() and words in text.get()
    assert Path(made.tasks[0].case).stem in text.get()


def test_the_plan_of_the_manual_is_sound(tmp_path, root):
    manual = (root / "docs" / "plans.md").read_text(encoding="utf-8")
    text = re.search(r"```yaml\n(.*?)```", manual, re.DOTALL)[1]
    (tmp_path / "clients").mkdir()
    (tmp_path / "brand.yaml").write_text("name: Acme\n", encoding="utf-8")
    for city in ("上海", "北京"):
        for year in (2022, 2023):
            (tmp_path / "clients" / f"{city}-{year}.xlsx").write_bytes(b"x")
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    made = read_plan(tmp_path / "plan.yaml")
    assert [task.name for task in made.tasks][1:] == [
        "swot-careful",
        "03_loyalty_tiers-上海-2022",
        "03_loyalty_tiers-上海-2023",
        "03_loyalty_tiers-北京-2022",
        "03_loyalty_tiers-北京-2023",
    ]


@pytest.mark.full
def test_the_example_runs_as_it_is_on_the_shipped_data(tmp_path):
    from typer.testing import CliRunner

    from casekit.cli import app

    path = write_example(tmp_path / "plan.yaml")
    made = CliRunner().invoke(app, ["batch", str(path), "--workers", "2"])
    assert made.exit_code == 0, made.output
    out = tmp_path / "reports"
    assert len(list(out.glob("*.html"))) == 7
    assert (out / "index.html").read_text(encoding="utf-8").count("<article") == 6
