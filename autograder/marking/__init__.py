"""The central act, apart from all files of a course: what was handed in and a packed assignment in,
the graded notebook and the report out.

Knows nothing of the gradebook, the course's folders and nbgrader's converters.
"""
