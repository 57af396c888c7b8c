"""What-if controls: thin wiring of calculations and plots to sliders."""

from casekit.widgets.what_if import what_if

__all__ = ["what_if"]
