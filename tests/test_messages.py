"""The Chinese catalogue: every message of the code, the same placeholders, compiled as it stands."""

import ast
import io
import string
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from casekit._text import _, format_date, language, pgettext

PACKAGE = Path(__file__).parent.parent / "casekit"
FOLDER = PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES"
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "N_": None}
METHODS = [("**.py", "python"), ("**.j2", "jinja2")]


@cache
def catalogue():
    return read_po(io.BytesIO((FOLDER / "casekit.po").read_bytes()), locale="zh_CN", domain="casekit")


@cache
def messages():
    """Every message in code and templates: its context, if any, and its id (for a plural, both forms)."""
    found = extract_from_dir(PACKAGE, method_map=METHODS, keywords=KEYWORDS)
    return {(context, message) for _file, _line, message, _comments, context in found}


def placeholders(text):
    return {name for _literal, name, *_rest in string.Formatter().parse(text) if name is not None}


def test_every_message_is_translated():
    """A translation marked fuzzy is not compiled, so nobody would see it."""
    translated = {
        (item.context, item.id) for item in catalogue() if item.id and item.string and not item.fuzzy
    }
    missing = [message for message in messages() if message not in translated]
    assert sorted(map(str, missing)) == []


def test_no_translation_is_left_over():
    known = messages()
    assert [item.id for item in catalogue() if item.id and (item.context, item.id) not in known] == []


def test_templates_are_searched():
    assert {(None, "Case reports"), (None, "Sort by")} <= messages()


def test_translations_keep_the_placeholders():
    wrong = []
    for message in catalogue():
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = set().union(*map(placeholders, ids))
        needed = allowed.intersection(*map(placeholders, ids))
        wrong += [text for text in strings if message.id and not needed <= placeholders(text) <= allowed]
    assert wrong == []


def test_the_compiled_catalogue_is_the_written_one():
    made = io.BytesIO()
    write_mo(made, catalogue())
    assert (FOLDER / "casekit.mo").read_bytes() == made.getvalue()


def call_names(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            yield node


def hidden_messages(source):
    """Lines on which a message is no literal, or stands inside an f-string: neither is extracted."""
    needed = {"_": 1, "ngettext": 2, "pgettext": 2, "N_": 1}
    tree = ast.parse(source)
    inside = [node for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for node in call_names(text)]
    computed = [
        node
        for node in call_names(tree)
        if not all(isinstance(item, ast.Constant) for item in node.args[: needed[node.func.id]])
    ]
    return sorted({node.lineno for node in [*inside, *computed]})


def test_messages_are_literals():
    """``_(f"...")`` and ``_(variable)`` cannot be found by the extraction, so nobody could translate them."""
    paths = [path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "_text.py"]
    found = {str(path): hidden_messages(path.read_text(encoding="utf-8")) for path in paths}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_a_hidden_message_is_found():
    assert hidden_messages('_("one")\n_(f"{x}")\n_(text)\nngettext("one", many, 2)\npgettext("a", x)') == [
        2,
        3,
        4,
        5,
    ]


def test_a_word_with_two_meanings_has_two_translations():
    with language("zh_CN"):
        assert (_("lost"), pgettext("stage", "lost")) == ("流失", "已流失")
    assert pgettext("stage", "lost") == "lost"


def test_chinese_in_force():
    from datetime import date

    with language("zh_CN"):
        assert _("Where") == "位置"
        assert format_date(date(2021, 6, 20)) == "2021年6月20日"
    assert _("Where") == "Where"
