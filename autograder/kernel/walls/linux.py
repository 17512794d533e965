"""Runs in: the fork server, and the kernel before the student's code. Holds no secret.

The handful of Linux system calls that Python has no function for, through ctypes. Each raises
OSError with the call's name in it.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MNT_DETACH = 2
_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
_CAPABILITY_VERSION = 0x20080522
_LAST_CAPABILITY = 63

# Numbers below 424 differ between architectures, those from 424 on are the same everywhere.
_NUMBERS = {
    "x86_64": {"pivot_root": 155, "capset": 126, "seccomp": 317},
    "aarch64": {"pivot_root": 41, "capset": 91, "seccomp": 277},
}
_MOUNT_SETATTR = 442
_MOST_DESCRIPTORS = 2**31 - 1

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def machine() -> str:
    """The architecture, as the tables of system call numbers name it."""
    return {"arm64": "aarch64", "amd64": "x86_64"}.get(platform.machine(), platform.machine())


def number(name: str) -> int:
    """The number of a system call on this architecture."""
    try:
        return _NUMBERS[machine()][name]
    except KeyError:
        raise OSError(38, f"no number for {name} on {machine()}") from None


def syscall(name: str, number_: int, *args: object) -> int:
    """The result of a raw system call; raises OSError for a negative one."""
    result = int(_libc.syscall(ctypes.c_long(number_), *args))
    if result < 0:
        _fail(name)
    return result


def unshare(flags: int) -> None:
    if _libc.unshare(ctypes.c_int(flags)) != 0:
        _fail("unshare")


def enter_namespace(fd: int, kind: int) -> None:
    if _libc.setns(ctypes.c_int(fd), ctypes.c_int(kind)) != 0:
        _fail("setns")


def mount(source: str, target: str, kind: str, flags: int = 0, data: str = "") -> None:
    args = (source.encode(), os.fsencode(target), kind.encode())
    if _libc.mount(*args, ctypes.c_ulong(flags), data.encode() or None) != 0:
        _fail(f"mount {kind or source} on {target}")


def bind(source: str, target: str) -> None:
    """Shows a file or folder in a second place, mounts below it included."""
    flags = ctypes.c_ulong(MS_BIND | MS_REC)
    if _libc.mount(os.fsencode(source), os.fsencode(target), None, flags, None) != 0:
        _fail(f"bind {source} on {target}")


def protect(target: str, flags: int) -> None:
    """Adds flags such as MS_RDONLY to a mount and to all mounts below it."""
    # MOUNT_ATTR_RDONLY, NOSUID, NODEV and NOEXEC have the values of their MS_ namesakes.
    attributes = struct.pack("=QQQQ", flags, 0, 0, 0)
    args = (ctypes.c_int(_AT_FDCWD), os.fsencode(target), ctypes.c_uint(_AT_RECURSIVE))
    syscall("mount_setattr", _MOUNT_SETATTR, *args, attributes, ctypes.c_size_t(len(attributes)))


def make_mounts_private() -> None:
    if _libc.mount(None, b"/", None, ctypes.c_ulong(MS_REC | MS_PRIVATE), None) != 0:
        _fail("make mounts private")


def make_root(folder: str) -> None:
    """Makes a mount the root and lets go of the old one (man 2 pivot_root: new_root, put_old)."""
    os.chdir(folder)
    syscall("pivot_root", number("pivot_root"), b".", b".")
    if _libc.umount2(b".", ctypes.c_int(MNT_DETACH)) != 0:
        _fail("umount of the old root")
    os.chdir("/")


def prctl(option: int, *values: int) -> int:
    args = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    result = int(_libc.prctl(ctypes.c_int(option), *args))
    if result < 0:
        _fail(f"prctl {option}")
    return result


def drop_capabilities() -> None:
    """No capability is left, nor can any come back, whatever is executed."""
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:
            break  # EINVAL: past the last one that this Linux knows; EPERM: no right to.
    prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    header = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
    syscall("capset", number("capset"), header, bytes(24))


def close_all_but(keep: set[int]) -> None:
    """Closes every file descriptor except those named."""
    start = 0
    for fd in sorted(keep):
        if fd > start:  # Python 3.11's closerange(0, 0) closes all there are.
            os.closerange(start, fd)
        start = fd + 1
    os.closerange(start, _MOST_DESCRIPTORS)


def set_host_name(name: str) -> None:
    if _libc.sethostname(name.encode(), ctypes.c_size_t(len(name))) != 0:
        _fail("sethostname")


def wipe_memory(start: int, length: int) -> None:
    ctypes.memset(start, 0, length)


def _fail(what: str) -> None:
    code = ctypes.get_errno()
    raise OSError(code, f"{what}: {os.strerror(code)}")
