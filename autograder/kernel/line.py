"""The line between the judge and the agent in its kernel, while checks run.

Runs in: the judge. Everything received here was written by the student's process.

A request over the shell channel costs both sides some 2 ms: Jupyter signs and parses six JSON
headers, and the kernel tells of it in four more messages. So the judge asks once, by opening a
comm, and from then on the agent answers on the stdin channel's sockets, which nothing else uses
(cells may not ask for input): a number and the buffers there, the number and the buffers back.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from typing import Any

import zmq
from jupyter_client.blocking.client import BlockingKernelClient

Buffers = Sequence[bytes | bytearray | memoryview]

COMM_TARGET = "autograder"
KEEP_TARGET = "autograder-moment"


def open_comm(client: BlockingKernelClient, target: str, data: dict[str, Any]) -> None:
    """Opens a comm to the agent, which is called with its data after the cells asked for so far."""
    content = {"comm_id": uuid.uuid4().hex, "target_name": target, "data": data}
    message = client.session.msg("comm_open", content)
    client.session.send(client.shell_channel.socket, message)


class Line:
    """An open line. While it is open the kernel runs no cells; `close` ends that."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self.socket = client.stdin_channel.socket
        open_comm(client, COMM_TARGET, {})

    def ask(self, buffers: Buffers) -> bytes:
        """Sends a request; the number that its reply must bear, which nobody can know before."""
        number = secrets.token_bytes(8)
        self.socket.send_multipart([number, *buffers])
        return number

    def reply_to(self, number: bytes, wait_s: float) -> list[bytes] | None:
        """The reply, if it comes in time; what is no reply to this request is dropped."""
        if not self.socket.poll(max(int(wait_s * 1000), 1), zmq.POLLIN):
            return None
        first, *parts = self.socket.recv_multipart(zmq.NOBLOCK)
        return parts if first == number else None

    def close(self) -> None:
        """Lets the agent go back to what a kernel does."""
        self.socket.send_multipart([b"close"])
