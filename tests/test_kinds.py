"""Arguments that are no numbers: each checker proved by one bad case."""

import pandas as pd
import pytest

from casekit._validate import Check
from casekit.errors import InputError
from casekit.selling import lift_at
from casekit.service import contact_hours, recovery_tree
from casekit.strategy import ahp_weights, kano_results

BAD = [
    (lambda c: c.flag("plain", "yes"), "plain must be True or False, got 'yes'"),
    (lambda c: c.text("by", None), "by must be a text, got None"),
    (lambda c: c.path("path", 3), "path must be the path of a file, got 3"),
    (lambda c: c.path("path", " "), "path must be the path of a file"),
    (lambda c: c.instance("model", 1, Check, hint="make one"), "model must be a Check, got 1"),
    (lambda c: c.mapping("sizes", [1]), r"sizes must be a dict, got \[1\]"),
    (lambda c: c.mapping("sizes", {None: 1}), "sizes must hold names, none missing, got None"),
    (lambda c: c.mapping("sizes", pd.Series([1, 2], ["a", "a"])), "sizes.index must not repeat, got a"),
    (lambda c: c.names("blocks", 3), "blocks must be a list of names, got 3"),
    (lambda c: c.names("blocks", ["a", "a"]), "blocks must not repeat, got a"),
    (lambda c: c.names("blocks", [["a"]]), "blocks must hold names"),
    (lambda c: c.frame("d", {"a": [[1], [2]]}, ["a"]), r"d\['a'\] must hold one value in each cell"),
    (lambda c: c.frame("d", {"a": [1]}, [None]), "the columns of d must hold names"),
    (lambda c: c.vector("v", pd.Series([1, 2], [None, "b"])), "v must have a label for each value"),
]


@pytest.mark.parametrize(("use", "message"), BAD)
def test_bad_kinds_are_named(use, message):
    check = Check("f")
    with pytest.raises(InputError, match=message):
        use(check)
        check.done()


def test_a_name_alone_is_a_list_of_one():
    assert Check("f").names("by", "phone") == ["phone"]
    assert Check("f").mapping("sizes", pd.Series({"A": 1})) == {"A": 1}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lift_at([1, 2], [1, 2], share=0.5), "^lift_at: bought must hold"),
        (
            lambda: ahp_weights([[1, 2, 3], [1, 2, 3]]),
            "^ahp_weights: a table of judgements must have as many",
        ),
        (lambda: contact_hours({"A": 1}, pd.DataFrame({"tier": ["A"]})), "add the column or rename"),
        (
            lambda: recovery_tree(
                1, complaint_share=0, resolved_share=0, quick_share=0, repurchase={"quiet": 0.5}
            ),
            "Allowed: silent, unresolved",
        ),
        (lambda: kano_results({"wifi": {"M": 1, "O": 1, "A": 1, "I": 1}}), "categories in columns"),
    ],
)
def test_the_message_names_the_function_called_and_what_to_do(call, message):
    with pytest.raises(InputError, match=message):
        call()
