"""Runs in: the kernel, before the student's code. Holds no secret.

A seccomp filter, assembled by hand so that no library is needed. It refuses system calls that a
notebook never needs and that attackers do: other processes' memory, mounts, new namespaces,
keyrings (which know neither files nor namespaces), memory that no limit sees (System V segments,
memfd), and parts of Linux with a long record of holes (bpf, io_uring, userfaultfd, perf).
"""

from __future__ import annotations

import ctypes
import errno
import struct
from collections.abc import Iterable

from autograder.kernel.walls import linux

_SET_MODE_FILTER = 1
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_AT_NUMBER, _AT_ARCH, _AT_ARGS = 0, 4, 16
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32 = 0x40000000
_NEW_NAMESPACES = 0x7E020000
_AF_UNIX = 1
_PR_SET_PDEATHSIG = 1
_TERMINAL_REQUESTS = (0x5412, 0x541C, 0x5423)  # TIOCSTI, TIOCLINUX, TIOCSETD

# name: (x86_64, aarch64); None: the architecture has no such call.
_FORBIDDEN: dict[str, tuple[int | None, int | None]] = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "open_tree_attr": (467, 467),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "personality": (135, 92),
    "acct": (163, 89),
    "syslog": (103, 116),
    "vhangup": (153, 58),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
}
# Libraries that ask for these fall back to something else when told that there is no such call:
# glibc from clone3 (whose flags no filter can read) to clone, others to files in /dev/shm. A memfd
# or a System V segment that nobody maps is memory that no process's count shows.
_MISSING: dict[str, tuple[int, int]] = {
    "clone3": (435, 435),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
}
_CLONE = (56, 220)
_SOCKET, _SOCKETPAIR = (41, 198), (53, 199)
_PRCTL = (157, 167)
_IOCTL = (16, 29)

_Code = list[tuple[int, int, int, int]]


def install() -> None:
    """From now on the filter holds, for this thread and whatever it starts; nothing removes it."""
    code = program(linux.machine())
    packed = b"".join(struct.pack("=HBBI", *line) for line in code)
    buffer = ctypes.create_string_buffer(packed, len(packed))
    filter_ = struct.pack("=HxxxxxxQ", len(code), ctypes.addressof(buffer))
    args = (ctypes.c_uint(_SET_MODE_FILTER), ctypes.c_uint(0), filter_)
    linux.syscall("seccomp", linux.number("seccomp"), *args)


def program(machine: str) -> _Code:
    """The filter's instructions: (operation, steps if true, steps if false, value)."""
    if machine not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no system call filter for {machine}")
    column = list(_ARCHITECTURES).index(machine)
    code: _Code = [
        (_LOAD, 0, 0, _AT_ARCH),
        # A 32-bit call on a 64-bit Linux has other numbers: int 0x80 would go around the filter.
        (_JUMP_EQUAL, 1, 0, _ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _AT_NUMBER),
    ]
    if machine == "x86_64":
        code += [(_JUMP_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _KILL)]
    code += _refuse(_column(_FORBIDDEN.values(), column), errno.EPERM)
    code += _refuse(_column(_MISSING.values(), column), errno.ENOSYS)
    code += _checked(_CLONE[column], 0, [(_JUMP_SET, _NEW_NAMESPACES)], errno.EPERM)
    for call in (_SOCKET, _SOCKETPAIR):
        # AF_VSOCK reaches the host of a virtual machine and knows no network namespace.
        code += _checked(call[column], 0, [(_JUMP_EQUAL, _AF_UNIX)], errno.EACCES, refuse=False)
    # The answer is "done" and nothing is done: a kernel cannot cut the cord to its fork server.
    code += _checked(_PRCTL[column], 0, [(_JUMP_EQUAL, _PR_SET_PDEATHSIG)], 0)
    terminal = [(_JUMP_EQUAL, request) for request in _TERMINAL_REQUESTS]
    code += _checked(_IOCTL[column], 1, terminal, errno.EPERM)
    return [*code, (_RETURN, 0, 0, _ALLOW)]


def _column(rows: Iterable[tuple[int | None, int | None]], column: int) -> list[int]:
    return [value for row in rows if (value := row[column]) is not None]


def _refuse(numbers: Iterable[int], code: int) -> _Code:
    lines: _Code = []
    for value in numbers:
        lines += [(_JUMP_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ERRNO | code)]
    return lines


def _checked(
    call: int, argument: int, tests: list[tuple[int, int]], code: int, *, refuse: bool = True
) -> _Code:
    """Answers `call` with `code` where a test holds (or, without `refuse`, where none does)."""
    yes, no = (_ERRNO | code, _ALLOW) if refuse else (_ALLOW, _ERRNO | code)
    inner: _Code = [(_LOAD, 0, 0, _AT_ARGS + 8 * argument)]
    for operation, value in tests:
        inner += [(operation, 0, 1, value), (_RETURN, 0, 0, yes)]
    inner.append((_RETURN, 0, 0, no))
    return [(_JUMP_EQUAL, 0, len(inner), call), *inner]
