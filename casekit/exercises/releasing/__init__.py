"""A course and its roster; one copy a student, and the record of what was handed out."""
