"""What a student hands in, read: its files, which notebook of them counts, which cell is which of
the assignment's. Runs on students' machines too, before they hand in.

Knows nothing of courses, nbgrader and grading.
"""
