"""What a course is: its folders and assignments, its cells and exercises, seeds, digits.

Knows nothing of how nbgrader converts.
"""
