"""An accelerator for each test that asks for one: its device is the fixture's value."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from autograder import accelerator


@pytest.fixture
def there() -> Iterator[torch.device]:
    with accelerator.present() as device:
        yield device
