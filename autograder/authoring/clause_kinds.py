"""Which words of a docstring speak of a kind of thing: what should have caught a mutant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from autograder.authoring.docstrings import Part, parts_of

# Of each kind: words that speak of it, wherever they stand, and fields that are about it.
_SAYS: Final = {
    "values": (r"\beach\b|\bvalues?\b|\bnumbers?\b|\bsum\b|\bmean\b|\bhighest\b", r"^$|returns"),
    "shape": (
        r"\bshapes?\b|\bsizes?\b|\bax[ei]s\b|\brows?\b|\bcolumns?\b|\([A-Z0-9][\w, ]*,[\w, ]*\)",
        "",
    ),
    "dtype": (r"\bdtypes?\b|\b(?:u?int|float)\d+\b|\bbools?\b|\bfloat tensor\b", ""),
    "device": (r"\bdevices?\b|\bCPU\b|\bGPU\b|\baccelerator\b|\bcuda\b", ""),
    "memory": (r"\bviews?\b|\bcop(?:y|ies)\b|\bnew\b|\bshared\b|\bmemory\b|\bitself\b", "memory"),
    "changes": (r"\bchanges?\b|\bstays?\b|\bin place\b|\bkeeps\b|\bwritten into\b", "changes"),
    "gradients": (r"\bgradients?\b|\brequires_grad\b|\bdetached\b", "gradients"),
    "mode": (r"\bmodes?\b|\bevaluation\b", "modes|runs the model"),
    "passes": (
        r"\bpass(?:es)?\b|\bepochs?\b|\bbatch(?:es)?\b|\bonce\b|\banew\b",
        "asks the loader",
    ),
    "random": (
        r"\brandom\w*\b|\bseeds?\b|\bmanual_seed\b|\bshuffled\b|\buniform\b|\banew\b",
        "seed",
    ),
    "type": (
        r"\bPython\b|\btuples?\b|\blists?\b|\bdicts?\b|\ban? (?:int|float|str|tensor)\b|\btype\b"
        r"|\btensor\b|\bfigure\b|\bDataLoaders?\b|\btorch\.(?:Size|dtype|device)\b",
        "",
    ),
}
KINDS: Final = tuple(_SAYS)


def clauses_about(kind: str, said: str | Sequence[str]) -> list[str]:
    """The words of a docstring, or the texts of clauses, that speak of one of `KINDS`; may be none.

    Of a docstring they are its sentences, each behind the name of its field. Raises KeyError for a
    kind that is not there.
    """
    words, fields = _SAYS[kind]
    if not isinstance(said, str):
        begins = rf"(?:{fields})\b" if fields.strip("^$|") else r"(?!)"
        return [text for text in said if re.search(words, text) or re.match(begins, text)]
    return [
        f"{part.field}: {part.text}" if part.field else part.text
        for part in _sentences(said)
        if re.search(words, part.text) or (fields and re.match(fields, part.field))
    ]


def _sentences(docstring: str) -> Iterator[Part]:
    for part in parts_of(docstring):
        for text in re.split(r"(?<=[;.])\s+", part.text):
            if text:
                yield Part(field=part.field, text=text.rstrip(";"))
