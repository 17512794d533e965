"""The packages that students' answers may use: one fixed list, and what the course adds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

# Installed with the kit, on students' machines too: the dependencies in pyproject.toml.
FIXED: Final = (
    "torch",
    "torchvision",
    "numpy",
    "matplotlib",
    "pandas",
    "scikit-learn",
    "tqdm",
)


def for_answers(added: Sequence[str]) -> list[str]:
    """The names, as pip knows them, of all packages that answers may use; `added` by the course."""
    return list(dict.fromkeys((*FIXED, *added)))


def in_words(names: Sequence[str]) -> str:
    """A list of names as people write it: "torch, numpy and tqdm"."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
