"""Mistakes, fingerprints, matching.

Knows nothing of nbgrader. `answers` reads the mistakes and variants beside the checks, `trying`
tries them in a kernel, `library` keeps what was found of them, `matching` compares an answer.
"""
