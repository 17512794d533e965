"""What nbgrader logs, kept from the terminal."""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterator


@contextlib.contextmanager
def logged_to(log: logging.Logger, stream: io.StringIO) -> Iterator[None]:
    """What nbgrader logs goes to `stream` for the time being, not to the terminal."""
    handler = logging.StreamHandler(stream)
    before = (log.handlers, log.propagate, log.level)
    log.handlers, log.propagate = [handler], False
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.handlers, log.propagate = before[0], before[1]
        log.setLevel(before[2])
