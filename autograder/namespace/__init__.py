"""A notebook's namespace as the judge sees it, over any channel: remote (the student's) and local
(the solution's); handles.

Knows nothing of kernels, pytest. A `Space` gives names by attribute; calls take and give plain
data; every other object is a `Handle` that can be called, indexed, iterated and read.
"""
