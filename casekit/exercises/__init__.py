"""Exercises: written once, handed out with data of each student's own, checked in one sentence, graded.

What notebooks and sources of exercises import stands here, in ``quiz`` and in ``authoring``. The rest lies in
groups by stage; a group imports only those named before it.

checking
    A question and an answer: what an answer means, whether it is right, ``check`` in the notebook.
authoring
    ``exercise.py``: read, solved for a seed, held against what a good one must be; notebooks and guide of it.
releasing
    A course and its roster; one copy a student, and the record of what was handed out.
grading
    Uploads, whose they are, their run in a box, points against each student's own reference.
marking
    What comes out: mark sheets, pages, files for learning platforms, texts marked by hand.
commands
    ``casekit exercises …``: thin wiring.
"""

from casekit.exercises.checking.check import Verdict, check, open_exercise

__all__ = ["Verdict", "check", "open_exercise"]
