"""Mistakes, fingerprints, matching.

Knows nothing of nbgrader. For now it reads the wrong and the right answers that lie beside the
checks; fingerprints and matching come with the diagnosis of submissions.
"""
