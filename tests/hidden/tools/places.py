"""Places for files that answers write and read, each in a folder in which there is nothing else.

The folders of earlier checks are taken away.
"""

import shutil
import tempfile
from pathlib import Path

for old in Path(tempfile.gettempdir()).glob("of-a-check-*"):
    shutil.rmtree(old, ignore_errors=True)


def new_folder() -> str:
    """A folder with nothing in it."""
    return tempfile.mkdtemp(prefix="of-a-check-")


def new_path(name: str, as_path: bool = False) -> str | Path:
    """A place for a file of this name, as a str or as a Path."""
    path = Path(new_folder()) / name
    return path if as_path else str(path)


def beside(place: str | Path) -> list[str]:
    """The names of what else is in the file's folder."""
    path = Path(place)
    return sorted(other.name for other in path.parent.iterdir() if other.name != path.name)


def bytes_of(place: str | Path) -> bytes | None:
    """What is in the file, or None where there is none of a fitting size."""
    path = Path(place)
    if not path.is_file() or path.stat().st_size > 32_000_000:
        return None
    return path.read_bytes()
