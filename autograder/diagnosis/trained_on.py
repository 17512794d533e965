"""Training with test data, read off an answer's code: the weights of a network do not show it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

from autograder.diagnosis.names import called_name, last_name
from autograder.expect.printable import printable

IS_IT: Final = "Is that the test data?"

_MAX_SOURCE: Final = 20_000
_MAX_QUOTED: Final = 60
_TEST: Final = re.compile(
    r"_?test_?(data|dataset|set|loader|dataloader|batches|images|digits|ds|dl)|(X|x|data|loader)_test"
)
_DATA: Final = re.compile(r".*(data|loader|set|batches|images)", re.IGNORECASE)
_TRAINS: Final = re.compile(r"_?(train|fit)(_.*)?")
_PASSES_ON: Final = frozenset(
    (
        *("ConcatDataset", "DataLoader", "Subset", "TensorDataset", "cat", "chain"),
        *("concatenate", "enumerate", "iter", "list", "tqdm"),
    )
)
"""What gives, of data, data with these in it. All else may tell its arguments apart."""


def trains_with_test_data(source: str) -> str:
    """For a TA: which line trains with what seems to be the test data, "" where none is found."""
    try:
        tree = ast.parse(source[:_MAX_SOURCE])
        place = next(_places(tree), None)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    if place is None:
        return ""
    quoted = " ".join((ast.get_source_segment(source, place) or "").split())
    return f"line {place.lineno} trains with `{printable(quoted, _MAX_QUOTED)}`. {IS_IT}"


def _places(tree: ast.AST) -> Iterator[ast.expr]:
    """What is trained with and holds test data, in the order of the code."""
    known: set[str] = set()
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.stmt | ast.Call)]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _holds(value, known):
                known.add(name)
            case ast.For(iter=data) if _holds(data, known) and _steps(node):
                yield data
            case ast.Call() if _TRAINS.fullmatch(called_name(node)):
                data_given = [one for one in _arguments(node) if _is_data(one, known)]
                if data_given and _holds(data_given[0], known):
                    yield data_given[0]


def _arguments(call: ast.Call) -> list[ast.expr]:
    named = [one.value for one in call.keywords if not _TEST.fullmatch(one.arg or "")]
    return [*call.args, *named]


def _is_data(value: ast.expr, known: set[str]) -> bool:
    return _holds(value, known) or _DATA.match(last_name(value) or called_name(value)) is not None


def _holds(value: ast.expr, known: set[str]) -> bool:
    """Whether this is test data, or data with test data in it."""
    match value:
        case ast.Name(id=name):
            return name in known or _TEST.fullmatch(name) is not None
        case ast.Call(args=args) if called_name(value) in _PASSES_ON:
            return any(_holds(one, known) for one in args)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _holds(left, known) or _holds(right, known)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return any(_holds(one, known) for one in parts)
        case ast.Starred(value=inner):
            return _holds(inner, known)
    return False


def _steps(loop: ast.For) -> bool:
    return any(called_name(node) in ("backward", "train_step") for node in ast.walk(loop))
