"""``casekit exercises …``: thin wiring; each module adds its commands to the one application."""

from casekit.exercises.commands import grade, hand_out, marks  # noqa: F401  # in the order of the help
from casekit.exercises.commands.app import app

__all__ = ["app"]
