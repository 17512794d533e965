"""Places for files that answers write and read, each in a folder in which there is nothing else.

The folders of earlier checks are taken away.
"""

import shutil
import tempfile
from pathlib import Path

for old in Path(tempfile.gettempdir()).glob("of-a-check-*"):
    shutil.rmtree(old, ignore_errors=True)


def new_path(name: str, as_path: bool = False) -> str | Path:
    """A place for a file of this name, as a str or as a Path."""
    path = Path(tempfile.mkdtemp(prefix="of-a-check-")) / name
    return path if as_path else str(path)


def bytes_of(place: str | Path) -> bytes | None:
    """What is in the file, or None where there is none of a fitting size."""
    path = Path(place)
    if not path.is_file() or path.stat().st_size > 32_000_000:
        return None
    return path.read_bytes()
