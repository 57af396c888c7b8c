"""Exercises: an answer checked in one sentence."""

from casekit.exercises.check import Verdict, check

__all__ = ["Verdict", "check"]
