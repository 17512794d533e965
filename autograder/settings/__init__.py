"""The Configurables of `course_config.py`, and frozen records of them that are handed down.

Knows nothing of all others. These classes hold settings and do no work; whoever works is given a
`Settings` record. `listing` puts them into words, `packages` is the list that answers may use.
"""
