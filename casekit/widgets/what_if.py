"""One control panel for all what-ifs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
from IPython.display import display

from casekit import errors
from casekit._text import _
from casekit._validate import Check


def what_if(
    draw: Callable[..., Any],
    /,
    *,
    labels: Mapping[str, str] | None = None,
    **controls: tuple | list | bool,
) -> ipywidgets.Widget:
    """Sliders above a picture that follows them.

    Parameters
    ----------
    draw : callable
        Called with one keyword argument a control; draws on the current figure or returns a table.
    labels : dict of control to str, optional
        What stands beside a control; for one without, its name with underscores shown as spaces.
    **controls : tuple, list or bool
        ``(low, high, step, start)`` gives a slider (of whole numbers if all four are), a list gives a choice,
        a bool a tick box.

    Returns
    -------
    ipywidgets.Widget
        To be the last line of a cell tagged ``skip-execution``; beside it the notebook draws the same once
        with the defaults, for readers without a kernel.

    Raises
    ------
    InputError
        If a control is of no kind, or a label names no control.
    """
    words = _labels(labels, list(controls))
    made = {name: _control(name, spec, words[name]) for name, spec in controls.items()}
    output = ipywidgets.Output()

    def update(_change: Any = None) -> None:
        with output:
            output.clear_output(wait=True)
            result = draw(**{name: control.value for name, control in made.items()})
            if hasattr(result, "figure") or result is None:
                plt.show()
            else:
                display(result)

    for control in made.values():
        control.observe(update, names="value")
    update()
    return ipywidgets.VBox([*made.values(), output])


def _labels(labels: Mapping[str, str] | None, names: list[str]) -> dict[str, str]:
    check = Check("what_if")
    given = check.mapping("labels", {} if labels is None else labels)
    for name in set(given) - set(names):
        check.add(errors.unknown_name("labels", name, names))
    check.done()
    return {name: str(given.get(name, name.replace("_", " "))) for name in names}


def _control(name: str, spec: Any, label: str) -> ipywidgets.Widget:
    style: dict[str, Any] = {
        "description": label,
        "style": {"description_width": "12em"},
        "layout": ipywidgets.Layout(width="32em"),
    }
    if isinstance(spec, bool):
        return ipywidgets.Checkbox(value=spec, **style)
    if isinstance(spec, list):
        return ipywidgets.Dropdown(options=spec, value=spec[0], **style)
    if isinstance(spec, tuple) and len(spec) == 4:
        low, high, step, start = spec
        whole = all(isinstance(number, int) for number in spec)
        slider = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
        return slider(min=low, max=high, step=step, value=start, continuous_update=False, **style)
    raise errors.InputError(
        "what_if", errors.wrong_type(name, _("(low, high, step, start), a list or a bool"), spec)
    )
