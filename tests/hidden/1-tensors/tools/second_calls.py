"""A second call, once somebody has written into what the first one gave."""

from collections.abc import Callable, Iterable
from typing import Any


def second_after_write(
    function: Callable[[Any], Iterable[Any]], shape: Any, place: Any, value: Any
) -> Iterable[Any]:
    """What the function gives after `value` was written at `place` of each tensor that it gave."""
    for tensor in function(shape):
        tensor[place] = value
    return function(shape)
