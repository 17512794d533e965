"""A second call, once somebody has written into what the first one gave."""

from collections.abc import Callable, Iterable
from typing import Any


def both_after_write(
    function: Callable[[Any], Iterable[Any]], shape: Any, place: Any, value: Any
) -> list[list[Any]]:
    """What the function gave, with `value` written at `place` of each tensor, and what it gives
    then.
    """
    first = function(shape)
    for tensor in first:
        tensor[place] = value
    return [list(first), list(function(shape))]
