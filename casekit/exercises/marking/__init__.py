"""What comes out of a grading: mark sheets, pages, files for learning platforms, texts marked by hand."""
