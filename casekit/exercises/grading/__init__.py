"""Uploads, whose they are, their run in a box, points against each student's own reference."""
