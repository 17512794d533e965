"""Runs in: the judge. Reads what a kernel sends on its channels: a stranger wrote all of it."""

from __future__ import annotations

from typing import Any

import zmq
from jupyter_client.blocking.client import BlockingKernelClient

# One part of a message; with 16 queued messages this bounds what a kernel can make us hold.
MAX_PART_BYTES = 70_000_000
MAX_QUEUED = 16


class ProtocolBroken(Exception):
    """A message that no kernel of ours would send; the text says what it was."""


def messages(client: BlockingKernelClient, wait_ms: int) -> list[tuple[str, dict[str, Any]]]:
    """The messages, as (channel, message), that are there or come within `wait_ms`.

    Their content, parent_header and msg_type have the right types; raises ProtocolBroken for one
    that has not.
    """
    sockets = {client.shell_channel.socket: "shell", client.iopub_channel.socket: "iopub"}
    poller = zmq.Poller()
    for socket in sockets:
        poller.register(socket, zmq.POLLIN)
    found = []
    for socket, _event in poller.poll(wait_ms):
        for _ in range(MAX_QUEUED):
            message = _read(client, socket)
            if message is None:
                break
            found.append((sockets[socket], message))
    return found


def _read(client: BlockingKernelClient, socket: Any) -> dict[str, Any] | None:
    try:
        _ident, message = client.session.recv(socket, zmq.NOBLOCK, copy=True)
    except Exception as problem:
        raise ProtocolBroken(type(problem).__name__) from problem
    if message is None:
        return None
    well_formed = (
        isinstance(message.get("content"), dict)
        and isinstance(message.get("parent_header"), dict)
        and isinstance(message.get("msg_type"), str)
    )
    if not well_formed:
        raise ProtocolBroken("not well formed")
    return message
