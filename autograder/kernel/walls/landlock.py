"""Runs in: the kernel, before the student's code. Holds no secret.

Landlock: the process gives up, for itself and all its children, every file that is not granted,
TCP, abstract sockets and signals to others. It stands behind the mounts: what a mount shows by
mistake, Landlock still refuses. Source of the numbers: linux/landlock.h, Linux 6.15 (ABI 7).
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable, Sequence

from autograder.kernel.walls import linux

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULE_PATH_BENEATH = 1
_VERSION = 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 1 << 1, 1 << 2, 1 << 3
TRUNCATE, IOCTL_DEV = 1 << 14, 1 << 15
READ = EXECUTE | READ_FILE | READ_DIR
DEVICE = READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEV | READ_DIR
_OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
_ALL_NET = 0b11  # bind and connect of TCP
_ALL_SCOPES = 0b11  # abstract unix sockets, signals


def abi() -> int:
    """The version of Landlock that Linux offers here, 0 where there is none."""
    try:
        args = (None, ctypes.c_size_t(0), ctypes.c_uint(_VERSION))
        return linux.syscall("landlock", _CREATE_RULESET, *args)
    except OSError:
        return 0


def everything(version: int) -> int:
    """All rights over files that this version knows."""
    if version >= 5:
        return (1 << 16) - 1
    return (1 << {1: 13, 2: 14}.get(version, 15)) - 1


def restrict(grants: Iterable[tuple[str, int]], version: int) -> None:
    """Gives up all but the granted rights; wants no_new_privs. Paths not there are passed over."""
    known = everything(version)
    ruleset = linux.syscall("landlock_create_ruleset", _CREATE_RULESET, *_attributes(version), 0)
    try:
        for path, rights in grants:
            _grant(ruleset, path, rights & known)
        linux.syscall("landlock_restrict_self", _RESTRICT_SELF, ctypes.c_int(ruleset), 0)
    finally:
        os.close(ruleset)


def _attributes(version: int) -> Sequence[object]:
    fields = [everything(version)]
    if version >= 4:
        fields.append(_ALL_NET)
    if version >= 6:
        fields.append(_ALL_SCOPES)
    packed = struct.pack(f"={len(fields)}Q", *fields)
    return packed, ctypes.c_size_t(len(packed))


def _grant(ruleset: int, path: str, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= _OF_FILES
        rule = struct.pack("=Qi", rights, fd)
        args = (ctypes.c_int(ruleset), ctypes.c_int(_RULE_PATH_BENEATH), rule, 0)
        linux.syscall("landlock_add_rule", _ADD_RULE, *args)
    finally:
        os.close(fd)
