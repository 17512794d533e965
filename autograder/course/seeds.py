"""The secrets from which hidden inputs are drawn."""

from __future__ import annotations

import os
import secrets

from autograder.course.course import Course


def seed(course: Course, assignment: str) -> bytes:
    """The secret from which hidden inputs are drawn: one for an assignment, kept for regrades."""
    path = course.private / "seeds" / assignment
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_name(f".{assignment}-{secrets.token_hex(4)}")
    if not path.exists():
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32), encoding="ascii")
        try:
            # link, not replace: of two workers that come first, one wins and both use its seed.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return bytes.fromhex(path.read_text(encoding="ascii"))
