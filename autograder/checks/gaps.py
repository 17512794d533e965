"""The gap between what was expected and what came, as pages show it. For the public draw alone: it
holds values.
"""

from __future__ import annotations

import contextlib
import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import torch

from autograder.checks.devices import Placed, read_told
from autograder.checks.known_errors import said_of_error
from autograder.expect import words
from autograder.expect.printable import printable
from autograder.expect.raising import Mismatch
from autograder.namespace.calls import Call, CallLog
from autograder.namespace.failures import MissingName, StudentError, StudentFailure
from autograder.results import MOST_SHOWN, Gap, Shown

_MOST_AXES: Final = 2
_MOST_ITEMS: Final = 8
_MOST_INPUTS: Final = 6
_DEPTH: Final = 2
_TEXT: Final = 200


def shown(value: Any, *, texts: bool = True) -> Shown:
    """A value as pages show it; the time for it is bounded, whatever a student made. Without
    `texts` a text is only said to be one.
    """
    if isinstance(value, Placed):
        return dataclasses.replace(shown(value.values), device=str(value.device))
    if isinstance(value, np.ndarray) or (isinstance(value, torch.Tensor) and words.is_dense(value)):
        return _shown_tensor(value)
    return Shown(text=printable(_text(value, _DEPTH, texts), _TEXT))


def _shown_tensor(value: torch.Tensor | np.ndarray[Any, Any]) -> Shown:
    dtype = words.dtype(value.dtype)
    plain = value.detach() if isinstance(value, torch.Tensor) else value
    fits = words.is_small(value, _MOST_AXES, MOST_SHOWN) and words.holds_numbers(value)
    return Shown(
        text=f"{words.kind_of(value)} of shape {words.shape(value.shape)}, {dtype}",
        shape=tuple(value.shape),
        dtype=dtype,
        device=str(value.device) if isinstance(value, torch.Tensor) else "",
        values=_rounded(plain.tolist()) if fits and "complex" not in dtype else None,
    )


def _rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else str(value)
    return value


def _text(value: Any, depth: int, texts: bool) -> str:
    if isinstance(value, (list, tuple)) and type(value) is not torch.Size and depth:
        items = ", ".join(_text(item, depth - 1, texts) for item in value[:_MOST_ITEMS])
        more = ", …" if len(value) > _MOST_ITEMS else ""
        more = "," if isinstance(value, tuple) and len(value) == 1 else more
        return f"[{items}{more}]" if isinstance(value, list) else f"({items}{more})"
    if isinstance(value, Mapping) and depth:
        first = list(value.items())[:_MOST_ITEMS]
        pairs = [f"{_text(k, 0, texts)}: {_text(v, depth - 1, texts)}" for k, v in first]
        return "{" + ", ".join(pairs) + (", …" if len(value) > _MOST_ITEMS else "") + "}"
    if isinstance(value, Placed):
        return f"{words.shown(value.values)} on {value.device}"
    if isinstance(value, str) and not texts:
        return words.kind_of(value)
    return words.shown(value)


def _holds_text(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(map(_holds_text, value[:_MOST_ITEMS]))
    if isinstance(value, Mapping):
        return any(map(_holds_text, list(value.values())[:_MOST_ITEMS]))
    return isinstance(value, str)


def shown_result(call: Call, *, texts: bool = True) -> Shown | None:
    """What a call gave, None where it gave nothing."""
    if not call.ended:
        return None
    told = call.result
    # Handles are not compared, and what a helper tells begins with a word.
    if isinstance(told, tuple) and told and isinstance(told[0], str):
        with contextlib.suppress(StudentError):
            return shown(read_told(told), texts=texts)
    return shown(told, texts=texts)


def gap_of(
    problem: BaseException, log: CallLog, of_reference: Sequence[Shown], seed: int
) -> Gap | None:
    """The gap behind a check's failure on the draw of a seed, None where there is none to show.

    `of_reference` is what the same calls gave with the reference in the student's place.
    """
    # No call belongs to a missing name, and the cell that binds it may not have been run again.
    if isinstance(problem, MissingName) or not isinstance(
        problem, (AssertionError, StudentFailure)
    ):
        return None
    compared = problem.compared if isinstance(problem, Mismatch) else None
    number = len(log.calls) - 1 if compared is None else log.behind(compared[0])
    call = log.calls[number] if number >= 0 else None
    expected = of_reference[number] if 0 <= number < len(of_reference) else None
    # Where no text was asked for, one that came is the student's own words, and no value.
    texts = "'" in expected.text if expected is not None else False
    actual = shown_result(call, texts=texts) if call is not None else None
    if compared is not None:
        texts = _holds_text(compared[1])
        expected, actual = shown(compared[1]), shown(compared[0], texts=texts)
    elif expected == actual:
        # What differs came from another call, or is in no value.
        expected = actual = None
    if call is None and actual is None:
        return None
    return Gap(
        call=_said(call),
        fact=printable(_fact(problem, texts=texts), 400),
        seed=seed,
        inputs=_inputs(call),
        expected=expected,
        actual=actual,
    )


def _said(call: Call | None) -> str:
    if call is None:
        return ""
    return call.answers[0] if len(call.answers) == 1 else call.text


def _inputs(call: Call | None) -> tuple[tuple[str, Shown], ...]:
    if call is None:
        return ()
    return tuple((printable(name, 40), shown(value)) for name, value in call.given[:_MOST_INPUTS])


def _fact(problem: BaseException, *, texts: bool) -> str:
    if isinstance(problem, Mismatch):
        own_words = problem.compared is not None and _holds_text(problem.compared[0]) and not texts
        return problem.fact if own_words else problem.detail
    if isinstance(problem, StudentError):
        said = said_of_error(problem)
        return f"It raised {said}" if ":" in said else f"It raised {said}."
    return str(problem)
