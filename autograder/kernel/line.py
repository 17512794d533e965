"""The line between the judge and the agent in its kernel, while checks run.

Runs in: the judge. Everything received here was written by the student's process.

A request over the shell channel costs both sides some 2 ms: Jupyter signs and parses six JSON
headers, and the kernel tells of it in four more messages. ZeroMQ alone hands each message from
thread to thread, twice on each side: 0.4 ms of CPU in the place of 0.1. So the judge asks once, by
opening a comm, and from then on the agent answers on a socket that the kernel was born with.
"""

from __future__ import annotations

import secrets
import socket
import time
import uuid
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient

from autograder.in_sandbox.frames import NUMBER_BYTES, Buffers, Frames, frame

COMM_TARGET = "autograder"
KEEP_TARGET = "autograder-moment"
_MOST_BYTES = 200_000_000
_CLOSED = bytes(NUMBER_BYTES)


def open_comm(client: BlockingKernelClient, target: str, data: dict[str, Any]) -> None:
    """Opens a comm to the agent, which is called with its data after the cells asked for so far."""
    content = {"comm_id": uuid.uuid4().hex, "target_name": target, "data": data}
    message = client.session.msg("comm_open", content)
    client.session.send(client.shell_channel.socket, message)


class Line:
    """A line to the agent. While it is open the kernel runs no cells; `close` ends that."""

    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel
        self.is_open = False
        self._frames = Frames(channel.recv, _MOST_BYTES)

    def open(self, client: BlockingKernelClient) -> None:
        """Has the agent answer here, and nowhere else, from now on."""
        open_comm(client, COMM_TARGET, {})
        self.is_open = True

    def ask(self, buffers: Buffers, wait_s: float) -> bytes | None:
        """Sends a request; the number that its reply must bear, which nobody can know before.

        None where the kernel did not take it in time.
        """
        number = secrets.token_bytes(NUMBER_BYTES)
        deadline = time.monotonic() + wait_s
        try:
            for part in frame(number, buffers):
                self.channel.settimeout(max(deadline - time.monotonic(), 0.001))
                self.channel.sendall(part)
        except TimeoutError:
            return None
        return number

    def reply_to(self, number: bytes, wait_s: float) -> list[bytes] | None:
        """The reply, if it comes in time; all else that comes is dropped.

        Raises OSError, EOFError or BrokenFrame.
        """
        self.channel.settimeout(max(wait_s, 0.001))
        try:
            first, parts = self._frames.next()
        except TimeoutError:
            return None
        return parts if first == number else None

    def close(self) -> None:
        """Lets the agent go back to what a kernel does."""
        self.is_open = False
        self.channel.settimeout(1.0)
        for part in frame(_CLOSED, []):
            self.channel.sendall(part)
