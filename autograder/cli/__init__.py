"""The commands; no logic.

Knows nothing of how anything is done.
"""

from __future__ import annotations

import sys


def main() -> None:
    """The `autograder` command."""
    try:
        from autograder.cli.commands import run
    except ModuleNotFoundError as missing:
        # A student's install has the notebooks' checks, not the grading.
        sys.stderr.write(
            f"The command needs the package {missing.name}, which comes with the instructor's "
            "install. In the course's folder:\n    pip install --editable '.[instructor]'\n"
        )
        raise SystemExit(2) from None
    run()
