"""`python as_ordinary_user.py UID HOME COMMAND…`: runs a command as a user without any rights.

Started by root. Where the folders of Python or of the checkout, or folders above them, are closed
to others (a Python under /root, a clone in a folder of mode 0700), they are covered, in a mount
namespace of this process only, by open ones that show the same.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from autograder.kernel.walls import linux  # noqa: E402


def is_open(folder: Path) -> bool:
    wanted = stat.S_IROTH | stat.S_IXOTH
    return stat.S_IMODE(folder.stat().st_mode) & wanted == wanted


def outermost_closed(path: Path) -> Path | None:
    """The first folder on the way to this one, itself included, that others can't open."""
    return next((one for one in (*reversed(path.parents), path) if not is_open(one)), None)


def open_up(paths: Iterable[Path]) -> None:
    """Shows these folders, with what is in them, where they are, to users who could not get there.

    All are held before the first folder is covered: one may lie under another's closed folder.
    """
    closed = {path: folder for path in paths if (folder := outermost_closed(path))}
    held = {}
    for path in outermost(closed):
        for one in [path] if is_open(path) else path.iterdir():
            if one.exists():  # A broken link leads nowhere for that user too.
                held[one] = os.open(one, os.O_PATH)
    folders = {one for one, fd in held.items() if stat.S_ISDIR(os.fstat(fd).st_mode)}
    for folder in outermost(closed.values()):
        linux.mount("tmpfs", str(folder), "tmpfs", 0, "mode=755,size=1m")
    for one, fd in held.items():
        one.parent.mkdir(parents=True, exist_ok=True)
        one.mkdir() if one in folders else one.touch()
        linux.bind(f"/proc/self/fd/{fd}", str(one))
        os.close(fd)


def outermost(paths: Iterable[Path]) -> set[Path]:
    """Those that do not lie in another of them."""
    unique = set(paths)
    return {path for path in unique if unique.isdisjoint(path.parents)}


def main() -> None:
    uid, home, *command = sys.argv[1:]
    linux.unshare(linux.CLONE_NEWNS)
    linux.make_mounts_private()
    # The user's processes make files that everybody may read, however root is set up.
    os.umask(0o022)
    open_up(Path(path).resolve() for path in (sys.prefix, sys.base_prefix, ROOT))
    os.setgroups([])
    os.setresgid(int(uid), int(uid), int(uid))
    os.setresuid(int(uid), int(uid), int(uid))
    env = {"PATH": os.environ["PATH"], "HOME": home, "TMPDIR": home, "LANG": "C.UTF-8"}
    os.chdir(ROOT)
    os.execve(command[0], command, env)


main()
