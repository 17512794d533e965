"""What goes out to students: build, release, the student wheel, the ways that nbgrader offers.

Knows nothing of grading.
"""
