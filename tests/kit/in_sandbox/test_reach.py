"""Which functions of a notebook may come to use which of its names: read from their code."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.in_sandbox.reach import may_use

EARLIER = """
import functools
import sys

import torch


def count(parts):
    return len(parts)


class Network(torch.nn.Module):
    def forward(self, X):
        return X
"""
ALONE = {
    "its own code alone": "def answer(x): return x + 1",
    "a method of the same name": "def answer(x): return x.count(1)",
    "a variable of the same name": "def answer(x):\n    count = 0\n    return count",
    "a helper that does without": "def helper(x): return x\ndef answer(x): return helper(x)",
    "two that call each other": "def helper(x): return answer(x)\ndef answer(x): return helper(x)",
    "without gradients": "@torch.no_grad()\ndef answer(x): return x",
    "data beside it": "pair = [torch.ones(2), {'a': (1, 2.5)}]\ndef answer(x): return pair",
    "a class of torch's": "layer = torch.nn.Linear(2, 3)\ndef answer(x): return layer(x)",
    "a class of its own": "class answer(torch.nn.Module):\n    def forward(self, x): return x",
}
NOT_ALONE = {
    "a call": "def answer(x): return count(x)",
    "another name for it": "def answer(x):\n    f = count\n    return f(x)",
    "a helper": "def helper(x): return count(x)\ndef answer(x): return helper(x)",
    "a function within": "def answer(x):\n    def inner(): return count(x)\n    return inner()",
    "a lambda": "def answer(x): return sorted(x, key=lambda part: count(part))",
    "a list of functions": "steps = [lambda x: count(x)]\ndef answer(x): return steps[0](x)",
    "a default": "def answer(x, f=lambda x: count(x)): return f(x)",
    "a decorator": (
        "def counted(f):\n    @functools.wraps(f)\n    def g(x): return count(f(x))\n    return g\n"
        "@counted\ndef answer(x): return x"
    ),
    "without gradients": "@torch.no_grad()\ndef answer(x): return count(x)",
    "remembered": "@functools.lru_cache\ndef answer(x): return count(x)",
    "a part of a function": "answer = functools.partial(lambda x, y: count(x), y=1)",
    "a method": "class answer:\n    def f(self, x): return count(x)",
    "a parent": "class A:\n    def f(self, x): return count(x)\nclass answer(A): pass",
    "a property": "class answer:\n    @property\n    def f(self): return count(self.x)",
    "an object": (
        "class A:\n    def __call__(self, x): return count(x)\na = A()\ndef answer(x): return a(x)"
    ),
    "a hook": (
        "layer = torch.nn.Linear(2, 3)\nlayer.register_forward_hook(lambda *args: count(args))\n"
        "def answer(x): return layer(x)"
    ),
    "by its text": "def answer(x): return globals()['count'](x)",
    "by a program": "def answer(x): return eval('count(x)')",
    "by the notebook's module": "def answer(x):\n    import __main__\n    return __main__.count(x)",
    "by all modules": "def answer(x): return sys.modules['__' + 'main__'].count(x)",
    "what nobody can read": "answer = functools.cmp_to_key(lambda a, b: count([a, b]))",
}


def notebook(source: str) -> dict[str, Any]:
    """The names of a notebook with these cells."""
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(EARLIER + source, names)
    return names


@pytest.mark.parametrize("source", ALONE.values(), ids=ALONE.keys())
def test_an_answer_that_calls_none_of_them_uses_none(source: str) -> None:
    assert not may_use(["answer"], ["count", "spread"], notebook(source))


@pytest.mark.parametrize("source", NOT_ALONE.values(), ids=NOT_ALONE.keys())
def test_an_answer_that_comes_to_one_of_them_uses_it(source: str) -> None:
    assert may_use(["answer"], ["count"], notebook(source))


def test_a_name_that_is_not_there_yet_is_used_too() -> None:
    assert may_use(["answer"], ["spread"], notebook("def answer(x): return spread(x)"))


def test_what_is_no_code_of_the_notebook_uses_none() -> None:
    assert not may_use(["answer"], ["count"], {"answer": len, "count": sum})


def test_of_a_name_that_is_gone_nobody_can_tell() -> None:
    assert may_use(["answer", "gone"], ["count"], {"answer": len, "count": sum})
