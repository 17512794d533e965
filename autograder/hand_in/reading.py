"""What a cell's code says of names, read and never run. A cell that is not Python says nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Final

LONGEST: Final = 100_000
"""Characters: parsing takes seconds for a megabyte, and no answer is that long."""

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_OWN_SCOPE = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def defined_names(source: str) -> list[str]:
    """The names that the top level binds by `def`, `class` or a plain assignment, in order."""
    names = []
    for node in _body(source):
        if isinstance(node, _Definition):
            names.append(node.name)
        elif isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return names


def function_names(source: str) -> list[str]:
    """The names that the top level binds to a function or a class, also as a `lambda`."""
    names = []
    for node in _body(source):
        if isinstance(node, _Definition):
            names.append(node.name)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return names


def bound_names(source: str) -> set[str]:
    """The names that running the cell binds or deletes: by assignment, `for`, `with`, `import`,
    `del`, and so on, but not within a function.
    """
    return {name for node in _body(source) for name in _bound_in(node)}


def is_unanswered(source: str) -> bool:
    """Whether a function of the cell still does nothing but `raise NotImplementedError()`."""
    if "NotImplementedError" not in source:
        return False
    return any(_is_stub(node) for node in _body(source))


def why_not_python(source: str) -> str:
    """What Python says to a cell that it cannot read, "" where it can or where IPython might."""
    text = _python_of(source)
    try:
        ast.parse(text)
    except SyntaxError as problem:
        line = problem.text or ""
        # IPython reads `x = !ls` and `torch.zeros?`.
        return "" if "!" in line or "?" in line else f"line {problem.lineno}: {problem.msg}"
    except (ValueError, RecursionError, MemoryError):
        return ""
    return ""


def parameters(source: str) -> dict[str, str]:
    """The parameters of each function that the top level defines, as they stand there."""
    return {
        node.name: ast.unparse(node.args)
        for node in _body(source)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def _body(source: str) -> Sequence[ast.stmt]:
    try:
        return ast.parse(_python_of(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _python_of(source: str) -> str:
    """A cell's Python, "" where it has none or more than is read."""
    if len(source) > LONGEST:
        return ""
    magic = source.lstrip().partition("\n")[0]
    if magic.startswith("%%") and magic.split()[0] not in ("%%time", "%%capture"):
        return ""  # The cell's text is a file, HTML, a shell's commands.
    # IPython's own lines, such as %matplotlib inline and !ls, bind nothing that we could see.
    lines = (line if line.lstrip()[:1] not in ("%", "!") else "" for line in source.split("\n"))
    return "\n".join(lines)


def _bound_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, _Definition):
        yield node.name
        return
    if isinstance(node, _OWN_SCOPE):
        return
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.alias):
        yield (node.asname or node.name).partition(".")[0]
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name
    for child in ast.iter_child_nodes(node):
        yield from _bound_in(child)


def _is_stub(node: ast.stmt) -> bool:
    if isinstance(node, ast.ClassDef):
        return any(_is_stub(part) for part in node.body)
    body = node.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else [node]
    return any(_raises_not_implemented(statement) for statement in body)


def _raises_not_implemented(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Raise):
        return False
    raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
