"""Pictures that students paste into text cells: kept as pictures, and as nothing else."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any, Final

_MOST: Final = 20
_MAX_CHARS: Final = 6_000_000  # of base64: 4.5 MB
_NAME: Final = re.compile(r"[\w .()+-]{1,120}")
# By what its content begins with: a name proves nothing.
_BEGINS: Final = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
}


def pasted_pictures(attachments: Any) -> dict[str, dict[str, str]]:
    """What of a cell's attachments is a picture, by name and MIME type, as one line of base64."""
    if not isinstance(attachments, dict):
        return {}
    kept: dict[str, dict[str, str]] = {}
    for name, bundle in list(attachments.items())[:_MOST]:
        if not isinstance(name, str) or not _NAME.fullmatch(name) or not isinstance(bundle, dict):
            continue
        for mime, begins in _BEGINS.items():
            content = _base64(bundle.get(mime))
            if content and base64.b64decode(content[:64]).startswith(begins):
                kept[name] = {mime: content}
                break
    return kept


def _base64(content: Any) -> str:
    """Base64 without blanks, "" for anything else."""
    if isinstance(content, list) and all(isinstance(line, str) for line in content):
        content = "".join(content)
    if not isinstance(content, str) or len(content) > _MAX_CHARS:
        return ""
    content = "".join(content.split())
    try:
        base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return content
