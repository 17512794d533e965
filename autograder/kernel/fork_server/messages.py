"""Runs in: the judge, the fork server, and the kernel before the student's code. Holds no secret.

Messages between the judge and its fork server: JSON objects, with file descriptors beside them,
over a SOCK_SEQPACKET socket, where a message is a packet and none arrives in pieces.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterable
from typing import Any

from autograder.errors import KernelUnavailable

# A kernel's channels, in the order in which their listening sockets come with {"op": "start"}.
CHANNELS = ("shell", "iopub", "stdin", "control", "hb")
_MAX_BYTES = 150_000
_MAX_DESCRIPTORS = 16

Message = dict[str, Any]


def new_socket() -> socket.socket:
    return socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET | socket.SOCK_CLOEXEC)


def send(channel: socket.socket, message: Message, fds: Iterable[int] = ()) -> None:
    """Sends a message; raises KernelUnavailable where it is too long, OSError for a gone peer."""
    packet = json.dumps(message).encode()
    if len(packet) > _MAX_BYTES:
        raise KernelUnavailable(
            f"the request is {len(packet):,} bytes long",
            "Name folders in `readable`, not their files one by one.",
        )
    socket.send_fds(channel, [packet], list(fds))


def receive(channel: socket.socket) -> tuple[Message, list[int]] | None:
    """The next message and its descriptors, or None where the peer is gone.

    A channel that does not block raises BlockingIOError while there is no message.
    """
    packet, fds, _flags, _address = socket.recv_fds(channel, _MAX_BYTES, _MAX_DESCRIPTORS)
    if not packet:
        return None
    for fd in fds:
        os.set_inheritable(fd, False)
    message = json.loads(packet)
    return message, list(fds)
