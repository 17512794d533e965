"""Grading a class: which submissions and why, in parallel, resumable, cached; executors.

Knows nothing of notebooks' insides.
"""
