"""Runs in: the judge.

What this process itself holds. ZeroMQ limits the parts of a message, not their number: it takes in
all of them before it shows the first, so a kernel of 60 MB can make the judge hold as much as it
likes (40 times one buffer are 2.4 GB). Only the judge's own size tells that this is going on.
"""

from __future__ import annotations

import os
from typing import Final

MOST_BYTES: Final = 1 << 30


def held_bytes() -> int:
    """The memory of this process, in bytes; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:
            return int(pages.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
