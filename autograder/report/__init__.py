"""A class in numbers and pictures, from recorded results alone: the report, statistics as CSV and
JSON.

Knows nothing of how grades came about. `facts` reads the record and the gradebook, `numbers` makes
numbers of them, `findings` says them in sentences, `tables` as tables, `pictures` as pictures;
`page` and `written` put them into files. Nothing runs, and no torch is imported.
"""
