"""One submission's results in words, HTML and pictures, for a stated reader.

Knows nothing of where results come from. Every text is escaped here, once; which sentences a
reader sees is decided here, once.
"""
