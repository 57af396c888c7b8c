"""Exercises: an answer checked in one sentence."""

from casekit.exercises.check import Verdict, check, open_exercise

__all__ = ["Verdict", "check", "open_exercise"]
