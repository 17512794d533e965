"""`python as_ordinary_user.py UID HOME COMMAND…`: runs a command as a user without any rights.

Started by root. Where folders above Python or the checkout are closed to others (a Python under
/root), they are covered, in a mount namespace of this process only, by empty ones that are open.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from autograder.kernel import linux  # noqa: E402


def closed_folder_above(path: Path) -> Path | None:
    for folder in reversed(path.parents):
        if not stat.S_IMODE(folder.stat().st_mode) & stat.S_IXOTH:
            return folder
    return None


def open_up(path: Path) -> None:
    closed = closed_folder_above(path)
    if closed is None:
        return
    held = os.open(path, os.O_PATH)
    linux.mount("tmpfs", str(closed), "tmpfs", 0, "mode=755,size=1m")
    path.mkdir(parents=True)
    linux.bind(f"/proc/self/fd/{held}", str(path))
    os.close(held)


def main() -> None:
    uid, home, *command = sys.argv[1:]
    linux.unshare(linux.CLONE_NEWNS)
    linux.make_mounts_private()
    for path in (sys.prefix, sys.base_prefix, str(ROOT)):
        open_up(Path(path).resolve())
    os.setgroups([])
    os.setresgid(int(uid), int(uid), int(uid))
    os.setresuid(int(uid), int(uid), int(uid))
    env = {"PATH": os.environ["PATH"], "HOME": home, "TMPDIR": home, "LANG": "C.UTF-8"}
    os.chdir(ROOT)
    os.execve(command[0], command, env)


main()
