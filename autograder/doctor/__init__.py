"""What this machine can do: asks each room's probe, prints problem and mend.

Knows nothing of how a probe finds out. Each finding is a sentence, a mend, and where there is
one, the command alone.
"""
