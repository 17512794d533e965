"""`python in_hardened_container.py COMMAND…`: runs a command where Linux refuses new namespaces,
as it does in most containers.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from autograder.kernel.walls import linux, seccomp


def main() -> None:
    names = ("unshare", "setns", "mount")
    seccomp._FORBIDDEN = {name: seccomp._FORBIDDEN[name] for name in names}
    seccomp._MISSING = {}
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.install()
    os.execv(sys.argv[1], sys.argv[1:])


main()
