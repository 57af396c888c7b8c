"""What an ``exercise.py`` imports; around it all that reads one and makes files of it."""

from casekit.exercises.authoring.declare import about, book, question, quiz
from casekit.exercises.checking.question import Choice, Criterion, Trap

__all__ = ["Choice", "Criterion", "Trap", "about", "book", "question", "quiz"]
