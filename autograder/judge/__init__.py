"""The central act, one submission graded: open a kernel, run the cells, open the channel, run
pytest here, tally with default 0, run again without the killer.

Knows nothing of nbgrader, classes.
"""
