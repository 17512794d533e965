"""Exceptions that beginners meet, explained; and which of their texts a student may be shown.

An exception's text is written by the student's process: it could carry the hidden inputs. So only
texts that match one of these patterns, in which nothing but small whole numbers and names of
dtypes varies, reach a student; others are for the TA.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIZE = r"\d{1,5}"
_SIZES = rf"\[{_SIZE}(?:, {_SIZE}){{0,4}}\]"
_DTYPE = r"(?:Float|Double|Long|Int|Half|Byte|Bool|Short|Char|BFloat16)"
_WORD = r"'(?:Tensor|NoneType|int|float|list|tuple|dict|str|function|Module|module|type|ndarray)'"


@dataclass(frozen=True, slots=True)
class KnownError:
    """A pattern of whole exception texts, and what it means in plain words."""

    pattern: re.Pattern[str]
    meaning: str


def _known(pattern: str, meaning: str) -> KnownError:
    return KnownError(re.compile(pattern, re.DOTALL), meaning)


KNOWN_ERRORS = (
    _known(
        rf"mat1 and mat2 shapes cannot be multiplied \({_SIZE}x{_SIZE} and {_SIZE}x{_SIZE}\)",
        "In a matrix product the second size of the left must equal the first size of the right.",
    ),
    _known(
        rf"The size of tensor a \({_SIZE}\) must match the size of tensor b \({_SIZE}\) at "
        rf"non-singleton dimension {_SIZE}",
        "Two tensors of different shapes were combined element by element.",
    ),
    _known(
        r"element 0 of tensors does not require grad and does not have a grad_fn",
        "backward() was called on a loss that no parameter led to: was it made under no_grad, "
        "or from argmax?",
    ),
    _known(
        r"Trying to backward through the graph a second time.*",
        "backward() was called twice on one loss: compute the loss anew for each step.",
    ),
    _known(
        r"Can't call numpy\(\) on Tensor that requires grad\..*",
        "NumPy cannot follow gradients: stay in PyTorch.",
    ),
    _known(
        rf"Expected floating point type for target with class probabilities, got {_DTYPE}",
        "The loss got something of another form than logits of shape (N, classes).",
    ),
    _known(
        rf"expected scalar type {_DTYPE} but found {_DTYPE}",
        "Two tensors have different dtypes.",
    ),
    _known(
        rf"result type {_DTYPE} can't be cast to the desired output type {_DTYPE}",
        "An in-place operation cannot change a tensor's dtype: make a new tensor.",
    ),
    _known(
        r"Expected all tensors to be on the same device.*",
        "Some tensors were moved to the device and others were not.",
    ),
    _known(
        r"Tensor on device \w+ is not on the expected device \w+!",
        "Some tensors were moved to the device and others were not.",
    ),
    _known(
        r"stack expects each tensor to be equal size, but got .{1,80}",
        "stack needs equal sizes; the last batch may be smaller.",
    ),
    _known(
        rf"Sizes of tensors must match except in dimension {_SIZE}\. .{{1,80}}",
        "cat needs equal sizes in all other dimensions.",
    ),
    _known(
        rf"Dimension out of range \(expected to be in range of \[-?{_SIZE}, -?{_SIZE}\], "
        rf"but got -?{_SIZE}\)",
        "The tensor has fewer dimensions than the index assumes.",
    ),
    _known(
        rf"shape '{_SIZES}' is invalid for input of size {_SIZE}",
        "The number of elements does not fit the new shape.",
    ),
    _known(
        rf"{_WORD} object is not (?:callable|iterable|subscriptable)",
        "A value is used as something that it is not.",
    ),
    _known(
        rf"{_WORD} object has no attribute '[A-Za-z_]{{1,24}}'",
        "The object has no attribute of this name.",
    ),
    _known(
        r"[A-Za-z_]{1,32}\(\) (?:missing|takes) .{1,60}argument.{0,60}",
        "The function takes other arguments than it was given: keep the parameters as they stand.",
    ),
    _known(r"name '[A-Za-z_]{1,32}' is not defined", "A name is used that nothing has defined."),
    _known(r"list index out of range|tuple index out of range", "The index is too large."),
    _known(r"too many values to unpack \(expected \d\).{0,20}", "Something else was unpacked."),
    _known(r"not enough values to unpack \(expected \d, got \d\)", "Something else was unpacked."),
    _known(r"division by zero", "Something was divided by zero."),
)


def meaning_of(message: str) -> KnownError | None:
    """The known error whose pattern is the whole of this text, or None."""
    if len(message) > 400:
        return None
    return next((known for known in KNOWN_ERRORS if known.pattern.fullmatch(message)), None)
