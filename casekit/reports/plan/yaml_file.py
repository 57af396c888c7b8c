"""Plans written in YAML.

The file is read as a tree of nodes, not as values: every text keeps its line, ``no``, ``010`` and
``2023-12-31`` stay what was typed, and the parameter's own type decides what they become.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from casekit import errors
from casekit._text import _
from casekit.reports.plan.draft import (
    ALIASES,
    COMMON_PARAMETERS,
    SETTINGS,
    Draft,
    Entry,
    Place,
    Problems,
    Said,
)
from casekit.reports.plan.grid import Axes, expand

if TYPE_CHECKING:
    import yaml

TOP = ("defaults", "reports", "grid", "out")
IN_ENTRY = (*SETTINGS, *COMMON_PARAMETERS, "parameters", "grid")
IN_DEFAULTS = (*SETTINGS, *COMMON_PARAMETERS, "parameters", "out")

Nodes = dict[str, "yaml.Node"]


def read_yaml(path: Path, problems: Problems) -> Draft:
    """Read a YAML plan; what is wrong with its form is noted on ``problems``."""
    root = _root(path, problems)
    reader = _Reader(path.name, problems)
    return reader.draft(root)


def _root(path: Path, problems: Problems) -> yaml.Node | None:
    """The top node. A file that is no YAML ends here: nothing else in it can be told."""
    try:
        import yaml
    except ImportError as error:
        raise errors.MissingExtraError(
            _("a plan in YAML needs PyYAML: pip install 'casekit[workbook]'")
        ) from error
    text = _text(path.read_bytes())
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = Place(path.name, mark.line + 1 if mark else _line_of(text, error))
        problem = errors.must_hold(
            _("the plan must be YAML"),
            got=str(getattr(error, "problem", None) or getattr(error, "reason", "") or type(error).__name__),
            hint=_("indent with spaces, put a space after each colon, quote texts that hold ': ' or '#'"),
        )
        problems.add(problem, place)
        problems.done()
        return None


def _text(content: bytes) -> str:
    """YAML is UTF-8 wherever it can be; an editor on a Chinese Windows may have saved GB18030."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        from casekit.information.text_files import decode

        return decode(content, "plan")[0]


def _line_of(text: str, error: Exception) -> int:
    """The line of a character that YAML cannot hold."""
    return text[: getattr(error, "position", 0) or 0].count("\n") + 1


class _Reader:
    """Turns nodes into a draft."""

    def __init__(self, file: str, problems: Problems):
        self.file = file
        self.problems = problems

    def draft(self, root: yaml.Node | None) -> Draft:
        draft = Draft()
        if root is not None and not self._is_mapping(root) and not root.tag.endswith(":null"):
            self._no_mapping(root)
            return draft
        top = self._mapping(root, _("the plan"), TOP) if root is not None else {}
        defaults = self._mapping(top.get("defaults"), "defaults", IN_DEFAULTS)
        settings, shared = self._values(defaults)
        draft.common.update({name: said.place for name, said in shared.items()})
        draft.out = self._out(top, defaults)
        axes = self._grid(top.get("grid"))
        draft.common.update({name: values[0].place for name, values in axes.items()})
        for entry, own in self._entries(top, root):
            base = Entry(entry.place, {**settings, **entry.settings}, entry.parameters, shared)
            draft.entries += expand(base, axes if own is None else own, self.problems)
        return draft

    def _no_mapping(self, root: yaml.Node) -> None:
        """A plan that is a bare list, or a word."""
        listed = not isinstance(root.value, str)
        problem = errors.must_hold(
            _("{name} must be {wanted}").format(name=_("the plan"), wanted=_("lines of the form key: value")),
            got=errors.shown(_plain(root)),
            hint=_("write reports: above the list, and indent the list")
            if listed
            else "reports: [bank_upsell, swot]",
        )
        self.problems.add(problem, self._place(root))

    def _entries(self, top: Nodes, root: yaml.Node | None) -> list[tuple[Entry, Axes | None]]:
        """Each entry with its own grid, if it has one. A grid without reports is one entry."""
        node = top.get("reports")
        if node is None and "grid" in top:
            return [(Entry(self._place(top["grid"])), None)]
        if node is None or not isinstance(node.value, list) or not node.value or self._is_mapping(node):
            problem = errors.must_hold(
                _("a plan must list its reports"),
                got=_("nothing") if node is None or not node.value else errors.shown(_plain(node)),
                hint="reports: [bank_upsell, swot]",
            )
            self.problems.add(problem, self._place(node if node is not None else root))
            return []
        return [self._entry(item) for item in node.value]

    def _entry(self, node: yaml.Node) -> tuple[Entry, Axes | None]:
        place = self._place(node)
        if isinstance(node.value, str):
            return Entry(place, {"case": Said(node.value, place)}), None
        nodes = self._mapping(node, _("a report"), IN_ENTRY)
        settings, parameters = self._values(nodes)
        grid = self._grid(nodes["grid"]) if "grid" in nodes else None
        return Entry(place, settings, parameters), grid

    def _values(self, nodes: Nodes) -> tuple[dict[str, Said], dict[str, Said]]:
        """The settings and the parameters of one mapping."""
        settings = {name: self._said(name, nodes[name]) for name in SETTINGS if name in nodes}
        parameters = {name: self._said(name, nodes[name]) for name in COMMON_PARAMETERS if name in nodes}
        inside = self._mapping(nodes.get("parameters"), "parameters", None)
        for name, node in inside.items():
            if name in parameters:
                self.problems.add(_twice(name), self._place(node))
            parameters[name] = self._said(name, node)
        return settings, parameters

    def _grid(self, node: yaml.Node | None) -> Axes:
        nodes = self._mapping(node, "grid", None)
        axes: Axes = {}
        for name, values in nodes.items():
            if isinstance(values.value, str) or self._is_mapping(values) or not values.value:
                problem = errors.must_hold(
                    _("each key of a grid must hold a list"),
                    got=f"{name}: {errors.shown(_plain(values))}",
                    hint="grid: {city: [Shanghai, Beijing], year: [2022, 2023]}",
                )
                self.problems.add(problem, self._place(values))
                continue
            axes[ALIASES.get(name, name)] = [self._said(name, item) for item in values.value]
        return axes

    def _out(self, top: Nodes, defaults: Nodes) -> Said | None:
        given = [nodes["out"] for nodes in (top, defaults) if "out" in nodes]
        if len(given) > 1:
            self.problems.add(_twice("out"), self._place(given[1]))
        return self._said("out", given[0]) if given else None

    def _said(self, name: str, node: yaml.Node) -> Said:
        """One value. A list is understood for formats alone."""
        place = self._place(node)
        if isinstance(node.value, str):
            return Said(None if node.tag.endswith(":null") else node.value, place)
        words = [item.value for item in node.value] if not self._is_mapping(node) else []
        if name == "formats" and words and all(isinstance(word, str) for word in words):
            return Said(",".join(words), place)
        wanted = _("one value; for several, make a grid")
        self.problems.add(
            errors.must_hold(
                _("{name} must be {wanted}").format(name=name, wanted=wanted), got=errors.shown(_plain(node))
            ),
            place,
        )
        return Said(None, place, broken=True)

    def _mapping(self, node: yaml.Node | None, name: str, known: tuple[str, ...] | None) -> Nodes:
        """The nodes of a mapping by key: unknown and repeated keys are noted."""
        if node is None or node.tag.endswith(":null"):
            return {}
        if not self._is_mapping(node):
            problem = errors.must_hold(
                _("{name} must be {wanted}").format(name=name, wanted=_("lines of the form key: value")),
                got=errors.shown(_plain(node)),
                hint="" if known is None else _("keys here: {keys}").format(keys=", ".join(known)),
            )
            self.problems.add(problem, self._place(node))
            return {}
        found: Nodes = {}
        for key, value in node.value:
            self._note(found, key, value, known)
        return found

    def _note(self, found: Nodes, key: yaml.Node, value: yaml.Node, known: tuple[str, ...] | None) -> None:
        if not isinstance(key.value, str):
            problem = errors.must_hold(_("a key must be a word"), got=errors.shown(_plain(key)))
            self.problems.add(problem, self._place(key))
            return
        name = key.value.strip()
        if known is not None:
            name = ALIASES.get(name, name)
        if known is not None and name not in known:
            self.problems.add(_unknown_key(name, known), self._place(key))
        elif name in found:
            self.problems.add(_twice(name), self._place(key))
        else:
            found[name] = value

    def _place(self, node: yaml.Node | None) -> Place:
        return Place(self.file, node.start_mark.line + 1 if node is not None else 1)

    @staticmethod
    def _is_mapping(node: yaml.Node) -> bool:
        return node.id == "mapping"


def _twice(name: str) -> errors.Problem:
    return errors.must_hold(
        _("each key must be given once"), got=name, hint=_("keep one of the two: YAML would drop the first")
    )


def _unknown_key(name: str, known: tuple[str, ...]) -> errors.Problem:
    problem = errors.unknown_name(_("key"), name, known)
    if problem.hint or "parameters" not in known:
        return problem
    hint = _("a parameter of the case stands below parameters:")
    return errors.must_hold(problem.must, got=problem.got, allowed=problem.allowed, hint=hint)


def _plain(node: yaml.Node) -> Any:
    """A node's value for a message, two levels deep at most."""
    if isinstance(node.value, str):
        return node.value
    items = [item if isinstance(item, tuple) else (item,) for item in node.value]
    return [": ".join(part.value if isinstance(part.value, str) else "…" for part in item) for item in items]
