"""A machine without a GPU, whatever this one has."""

import contextlib
from collections.abc import Iterator
from unittest import mock

import torch


@contextlib.contextmanager
def without_gpu() -> Iterator[None]:
    """Within it torch says that there is no accelerator."""
    with (
        mock.patch.object(torch.cuda, "is_available", return_value=False),
        mock.patch.object(torch.accelerator, "is_available", return_value=False),
        mock.patch.object(torch.accelerator, "current_accelerator", return_value=None),
    ):
        yield
