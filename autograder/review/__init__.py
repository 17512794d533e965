"""What people have to do: where each submission stands, and what waits for somebody.

Knows nothing of how grades came about.
"""
