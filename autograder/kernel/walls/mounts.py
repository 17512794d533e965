"""Runs in: the kernel, before the student's code. Holds no secret.

The kernel's tree of files: what it may read, read-only, at the paths it has on the machine; /tmp
as its scratch folder and /dev/shm, both in memory and of limited size, so that a full disk is the
kernel's own and nothing has to be cleaned up after it (no link laid for a cleaner can work).
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from autograder.kernel.walls import linux
from autograder.kernel.walls.limits import KernelLimits

SCRATCH = "/tmp"  # noqa: S108 - inside the sandbox this is a folder of the kernel's own
WORK = "/tmp/work"  # noqa: S108
SHARED_MEMORY = "/dev/shm"  # noqa: S108
_BLANK = "/.hidden"

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_OF_ETC = (
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "alternatives",
    "localtime",
    "fonts",
    "ssl/certs",
    "ssl/openssl.cnf",
    "mime.types",
    "os-release",
)
_DEVICES = ("null", "zero", "full", "random", "urandom")
_UNLIMITED_MB = 1 << 20
_HARMLESS = linux.MS_NOSUID | linux.MS_NODEV


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Tree:
    """What the kernel's tree holds: paths shown read-only, files copied into its working folder.

    `hidden` are files that stay out of sight, also where a folder above them is shown. `uid` and
    `gid` own what it may write; `inside_uid` is that user's number as the kernel sees it.
    """

    stage: str
    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    copied: Mapping[str, str]
    limits: KernelLimits
    uid: int
    gid: int
    inside_uid: int


def python_paths() -> list[str]:
    """The Python environment: prefixes, the user's site folder, and this package's own folder.

    Never the package's parent: with an editable install that is the repository, solutions and all.
    """
    package = Path(__file__).resolve().parents[2]
    prefixes = [sys.prefix, sys.base_prefix, sys.exec_prefix]
    prefixes += [entry for entry in sys.path if entry.endswith(("site-packages", "dist-packages"))]
    return [*prefixes, str(package)]


def build(tree: Tree) -> None:
    """Makes the tree the root of this process's mount namespace; wants a namespace of its own."""
    linux.make_mounts_private()
    linux.mount("tmpfs", tree.stage, "tmpfs", _HARMLESS, "size=2m,nr_inodes=10k,mode=755")
    owner = f"uid={tree.uid},gid={tree.gid}"
    _mount_memory(tree, SCRATCH, tree.limits.scratch_mb, f"mode=755,{owner}")
    _make_blank(tree.stage)
    _show_system(tree)
    _write_etc(tree)
    _show(tree)
    _make_devices(tree, owner)
    _make_work_folder(tree)
    os.mkdir(f"{tree.stage}/proc")
    linux.mount("proc", f"{tree.stage}/proc", "proc", _HARMLESS | linux.MS_NOEXEC)
    # Read-only: /proc/sys, oom_score_adj and the like are nobody's to change.
    linux.protect(f"{tree.stage}/proc", linux.MS_RDONLY)
    linux.make_root(tree.stage)
    flags = linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | _HARMLESS
    linux.mount("none", "/", "", flags)


def _mount_memory(tree: Tree, place: str, size_mb: int | None, options: str) -> None:
    target = tree.stage + place
    os.makedirs(target)
    size = _UNLIMITED_MB if size_mb is None else size_mb
    inodes = 0 if tree.limits.files is None else tree.limits.files
    data = f"size={size}m,nr_inodes={inodes},{options}"
    linux.mount("tmpfs", target, "tmpfs", _HARMLESS, data)


def _make_blank(stage: str) -> None:
    """What lies over hidden files: nobody may open it, whoever owns it."""
    Path(stage + _BLANK).touch()
    os.chmod(stage + _BLANK, 0)


def _show_system(tree: Tree) -> None:
    for path in _SYSTEM:
        if os.path.islink(path):
            os.symlink(os.readlink(path), tree.stage + path)
        elif os.path.isdir(path):
            _show_one(tree, path, path)


def _write_etc(tree: Tree) -> None:
    """No account of the machine is named; the kernel's own has its home in the scratch folder."""
    etc = Path(tree.stage, "etc")
    etc.mkdir()
    number = tree.inside_uid
    student = f"student:x:{number}:{number}:student:{SCRATCH}:/bin/sh\n"
    (etc / "passwd").write_text(student, encoding="ascii")
    (etc / "group").write_text(f"student:x:{number}:\n", encoding="ascii")
    (etc / "hosts").write_text("127.0.0.1 localhost sandbox\n", encoding="ascii")
    (etc / "nsswitch.conf").write_text("passwd: files\ngroup: files\nhosts: files\n")
    for name in _OF_ETC:
        if os.path.exists(f"/etc/{name}"):
            _show_one(tree, os.path.realpath(f"/etc/{name}"), f"/etc/{name}")


def _show(tree: Tree) -> None:
    """Shows each path where it is and, if links lead to it, where it really is."""
    wanted = {os.path.abspath(path) for path in tree.readable}
    wanted |= {os.path.realpath(path) for path in wanted}
    shown: list[str] = []
    for path in sorted(wanted, key=len):
        if not os.path.exists(path) or any(_is_below(path, place) for place in shown):
            continue
        if os.path.lexists(tree.stage + path):
            continue  # below a system folder
        _show_one(tree, os.path.realpath(path), path)
        shown.append(path)


def _is_below(path: str, place: str) -> bool:
    return path == place or path.startswith(place.rstrip("/") + "/")


def _show_one(tree: Tree, source: str, place: str) -> None:
    target = tree.stage + place
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        Path(target).touch()
    linux.bind(source, target)
    for path in map(os.path.realpath, tree.hidden):
        if _is_below(path, source) and os.path.exists(path):
            linux.bind(tree.stage + _BLANK, target + path[len(source) :])
    linux.protect(target, linux.MS_RDONLY | _HARMLESS)


def _make_devices(tree: Tree, owner: str) -> None:
    dev = f"{tree.stage}/dev"
    os.mkdir(dev)
    for name in _DEVICES:
        Path(dev, name).touch()
        linux.bind(f"/dev/{name}", f"{dev}/{name}")
        linux.protect(f"{dev}/{name}", linux.MS_NOSUID | linux.MS_NOEXEC)
    _mount_memory(tree, SHARED_MEMORY, tree.limits.memory_mb, f"mode=700,{owner}")
    os.mkdir(f"{dev}/pts")
    # For `!command` in a cell: IPython runs it on a terminal of its own.
    options = "newinstance,ptmxmode=0666,mode=0620"
    linux.mount("devpts", f"{dev}/pts", "devpts", linux.MS_NOSUID | linux.MS_NOEXEC, options)
    for name, target in (
        ("ptmx", "pts/ptmx"),
        ("fd", "/proc/self/fd"),
        ("stdin", "/proc/self/fd/0"),
        ("stdout", "/proc/self/fd/1"),
        ("stderr", "/proc/self/fd/2"),
    ):
        os.symlink(target, f"{dev}/{name}")


def _make_work_folder(tree: Tree) -> None:
    work = tree.stage + WORK
    os.makedirs(work, exist_ok=True)
    for name, source in tree.copied.items():
        target = os.path.join(work, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        _copy(source, target)
    for folder, _folders, names in os.walk(work):
        for path in (folder, *(os.path.join(folder, name) for name in names)):
            os.chown(path, tree.uid, tree.gid)


def _copy(source: str, target: str) -> None:
    # A student may have handed in a link, a device or a pipe under this name: O_NOFOLLOW refuses
    # the first, O_NONBLOCK keeps the last from blocking, the mode tells them from a file.
    fd = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with contextlib.ExitStack() as stack:
        taken = stack.enter_context(os.fdopen(fd, "rb"))
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(22, f"{source} is not a regular file")
        shutil.copyfileobj(taken, stack.enter_context(open(target, "xb")))
