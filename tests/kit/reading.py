"""How hard a text is to read: its words, its syllables, and the school grade that it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

LONGEST: Final = 25
"""Words in a sentence."""
GRADE: Final = 9.0

# What stands for code, a value or a name says nothing about how hard the English is.
_CODE: Final = re.compile(
    r"`[^`]*`|\"[^\"]*\"|\S*[_(){}\[\]=.@/][^\s.?!,:;]\S*|\S*\(\)?\S*|\b[A-Z]\w*[A-Z]\w*\b|\S*\d\S*"
)
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SENTENCE: Final = re.compile(r"(?<=[.?!:;])\s+")
_VOWELS: Final = re.compile(r"[aeiouy]+")

TERMS: Final = frozenset(
    (
        *("accelerator", "accuracies", "accuracy", "activation", "argument", "arguments"),
        *("attribute", "axes", "axis", "batch", "batches", "boolean", "buffer", "buffers"),
        *("channel", "channels", "checkpoint", "classes", "column", "columns", "constructor"),
        *("cpu", "cuda", "dataset", "deviation", "device", "devices", "diagonal", "dictionary"),
        *("dimension", "dimensions", "dtype", "dtypes", "elements", "epoch", "epochs"),
        *("evaluation", "exception", "file", "function", "functions", "generator", "gradient"),
        *("gradients", "index", "indices", "iterable", "iterator", "kernel", "label", "labels"),
        *("layer", "layers", "loader", "loaders", "logit", "logits", "matplotlib", "matrices"),
        *("matrix", "memory", "method", "methods", "module", "modules", "network", "notebook"),
        *("numpy", "optimizer", "optimizers", "parameter", "parameters", "parentheses"),
        *("probabilities", "probability", "python", "pytorch", "random", "relu", "scalar"),
        *("seed", "softmax", "tensor", "tensors", "torch", "training", "transform"),
        *("transforms", "value", "values", "variable", "view", "weights"),
    )
)
"""Terms that the course teaches: they are read as one knows them, as code is."""


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [part for part in _SENTENCE.split(text.strip()) if _WORD.search(part)]


def words(sentence: str) -> list[str]:
    """The words of English in a sentence: without code, names and numbers."""
    return _WORD.findall(_CODE.sub(" ", sentence))


def syllables(word: str) -> int:
    """About how many syllables a word has: its groups of vowels, without a silent e at the end."""
    bare = word.lower().replace("'", "")
    found = len(_VOWELS.findall(bare))
    silent = bare.endswith("e") and not bare.endswith(("le", "ee", "ye")) and found > 1
    return max(found - silent, 1)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text (Kincaid and others, 1975): 9 is a reader of 14 years."""
    told = [words(one) for one in sentences(text)]
    plain = [word for one in told for word in one if word.lower() not in TERMS]
    count = sum(map(len, told))
    if not plain or not count:
        return 0.0
    per_word = sum(map(syllables, plain)) / len(plain)
    return 0.39 * count / len(told) + 11.8 * per_word - 15.59


def faults(text: str) -> Iterator[str]:
    """What makes a text hard to read."""
    for one in sentences(text):
        count = len(words(one))
        if count > LONGEST:
            yield f"a sentence of {count} words: {one}"
    found = grade(text)
    # Of five words or fewer one long word is a grade by itself.
    if found > GRADE and len(words(text)) > 5:
        yield f"grade {found:.1f}: {text}"
    if re.search(r"(?<!there )(?<!There )\bis no [a-z]", text):
        yield f'"is no": {text}'
