"""The preprocessors and plugins that make all this nbgrader: execute, scores, release, collect,
gradebook.

Knows nothing of parallelism.
"""
