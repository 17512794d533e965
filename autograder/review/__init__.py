"""What people have to do: where each submission stands, what waits for somebody, marking by
question.

Knows nothing of how grades came about.
"""
