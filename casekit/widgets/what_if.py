"""One control panel for all what-ifs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
from IPython.display import display

from casekit import errors
from casekit._text import _


def what_if(draw: Callable[..., Any], /, **controls: tuple | list | bool) -> ipywidgets.Widget:
    """Sliders above a picture that follows them.

    Parameters
    ----------
    draw : callable
        Called with one keyword argument a control; draws on the current figure or returns a table.
    **controls : tuple, list or bool
        ``(low, high, step, start)`` gives a slider (of whole numbers if all four are), a list gives a choice,
        a bool a tick box. The name is the label, underscores shown as spaces.

    Returns
    -------
    ipywidgets.Widget
        To be the last line of a cell tagged ``skip-execution``; beside it the notebook draws the same once
        with the defaults, for readers without a kernel.
    """
    made = {name: _control(name, spec) for name, spec in controls.items()}
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


def _control(name: str, spec: Any) -> ipywidgets.Widget:
    style: dict[str, Any] = {
        "description": name.replace("_", " "),
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
