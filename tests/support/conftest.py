"""An exercise is read, not imported."""

collect_ignore = ["90_small"]
