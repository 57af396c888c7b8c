"""A task travels as JSON."""

from __future__ import annotations

import json

import pytest

from casekit.reports.task import Task

TASK = Task(
    name="上海-2023",
    case="04_bank_upsell",
    parameters={"contact_capacity": 200, "data": "/x/a.csv", "reading": None, "rate": 0.5, "on": True},
    formats=("html", "pdf"),
    language="zh_CN",
    title="上海",
    where="plan.yaml, line 3",
)


def test_a_task_comes_back_from_json_as_it_went() -> None:
    assert Task.from_json(TASK.as_json()) == TASK


def test_its_json_is_one_line_and_stable() -> None:
    turned = Task(**{**TASK.__dict__, "parameters": dict(reversed(TASK.parameters.items()))})
    assert "\n" not in TASK.as_json()
    assert turned.as_json() == TASK.as_json()


def test_fields_of_a_later_version_are_left_out() -> None:
    text = json.dumps({"name": "a", "case": "b", "colour": "red"})
    assert Task.from_json(text) == Task("a", "b")


def test_a_task_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        TASK.name = "other"  # type: ignore[misc]
