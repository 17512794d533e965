"""What runs beside the student's code: the agent that answers the channel, start-up after the
fork. Small, readable in ten minutes.

Knows nothing of every secret. Runs in: the kernel, beside the student's code.
"""
