"""The digits of a course: those that students' kernels see, and the hidden ones of a round."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from autograder.checks.facts import HiddenDigits
from autograder.course.course import Course
from autograder.course.digest import digest
from autograder.course.rounds import digits_secret
from autograder.errors import KitError
from autograder.mnist import GradingSplit, Prepared, distorted, grading_split, prepare

_HEAD_BYTES: Final = 1 << 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Undistorted:
    """The hidden digits of a round before they are changed, and how far they are.

    `images` is uint8 (N, 28, 28), `labels` int64 (N,); `secret` draws the changes.
    """

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    secret: str
    strength: float

    def changed(self) -> HiddenDigits:
        """The digits as a model is shown them: the same for a whole class and its regrades."""
        import torch  # Where something is judged, and not where it is only told from another.

        images = distorted(self.images, seed=self.secret, strength=self.strength)
        return torch.from_numpy(images).unsqueeze(1), torch.from_numpy(self.labels)

    @property
    def key(self) -> str:
        parts = [
            hashlib.sha256(array.tobytes()).hexdigest() for array in (self.images, self.labels)
        ]
        return digest([*parts, self.secret, f"{self.strength:g}"])


def grading_data(course: Course) -> GradingSplit:
    """The digits for kernels, and the hidden ones of first rounds, made ready once a process."""
    return _split(course, digits_secret(course))


def undistorted_digits(course: Course, assignment: str, number: int) -> Undistorted:
    """The hidden digits of a round of an assignment."""
    secret = digits_secret(course, assignment, number)
    return _undistorted(course, secret, course.settings.mnist.hidden_distortion)


def other_hidden_digits(
    course: Course, secret: bytes, *, strength: float | None = None
) -> HiddenDigits:
    """What the hidden digits would be under another secret: to measure what chance does.

    `strength` is another one than the settings' `hidden_distortion`.
    """
    if strength is None:
        strength = course.settings.mnist.hidden_distortion
    return _undistorted(course, secret, strength).changed()


def _undistorted(course: Course, secret: bytes, strength: float) -> Undistorted:
    split = _split(course, secret)
    return Undistorted(
        images=split.hidden_images,
        labels=split.hidden_labels,
        secret=secret.hex(),
        strength=strength,
    )


_splits: dict[tuple[str, bytes], GradingSplit] = {}


def _digits_key(course: Course) -> str:
    """What the digits of a course depend on, so that a changed setting makes them anew."""
    mnist = course.settings.mnist
    traits = [getattr(mnist, name) for name in sorted(mnist.trait_names(config=True))]
    return repr((course.root, digits_place(course), traits))


def digits_place(course: Course) -> tuple[Path, tuple[Path, ...]]:
    """Where MNIST is made ready, and the folders that may hold it already.

    The environment's MNIST_ROOT comes before the settings. It may be a folder that cannot be
    written or holds .gz files: then its digits are unpacked beside the gradebook.
    """
    settings, mnist = course.settings, course.settings.mnist
    given = os.environ.get("MNIST_ROOT")
    if given is None:
        return settings.path(mnist.root), tuple(settings.path(p) for p in mnist.also_look_in)
    folder = Path(given).expanduser().resolve()
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return course.private / f"mnist-{name}", (folder,)


def ready_digits(course: Course, say: Callable[[str], None] = lambda _text: None) -> Prepared:
    """MNIST made ready for the course, from the first source that has it."""
    root, folders = digits_place(course)
    given = "MNIST_ROOT" in os.environ
    download = course.settings.mnist.download and not given
    return prepare(root, also_look_in=folders, download=download, offline_digits=not given, say=say)


def _split(course: Course, secret: bytes) -> GradingSplit:
    mnist = course.settings.mnist
    key = _digits_key(course), secret
    if key not in _splits:
        ready = ready_digits(course).root
        sizes = f"{mnist.train_samples} {mnist.test_samples}"
        _splits[key] = grading_split(
            ready,
            # Courses with the same digits share a folder; a guess that is wrong is written anew.
            shown_folder(digest([sizes, *_signs(ready)])),
            train_samples=mnist.train_samples,
            test_samples=mnist.test_samples,
            hidden_samples=mnist.hidden_samples,
            seed=secret.hex(),
        )
    return _splits[key]


def _signs(root: Path) -> Iterator[str]:
    """What tells the files of one data set from those of another, without reading all of them."""
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            head = hashlib.sha256(file.read(_HEAD_BYTES)).hexdigest()
        yield f"{path.name} {path.stat().st_size} {head}"


def shown_folder(name: str) -> Path:
    """Where digits lie that kernels see: outside the course, which no worker needs to read.

    In the user's cache, or, where that cannot be written, in the temporary folder. Whoever else
    could write the folder could show students' kernels other digits.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))
    place = cache / "autograder" / "digits"
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError:
        place = Path(tempfile.gettempdir(), f"autograder-digits-{os.getuid()}")
        place.mkdir(mode=0o755, exist_ok=True)
    about = place.lstat()
    if place.is_symlink() or about.st_uid != os.getuid() or about.st_mode & 0o022:
        fact = f"{place} is not a folder that you alone can write."
        raise KitError(fact, "Remove it, or set XDG_CACHE_HOME to a folder of your own.")
    return place / name[:16]


def read_shown(root: Path) -> dict[str, bytes]:
    """The files of digits that kernels see, by their path below `root`."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def shown_key(files: Mapping[str, bytes]) -> str:
    """What tells these digits from others, wherever they lie."""
    return digest(f"{name} {hashlib.sha256(data).hexdigest()}" for name, data in files.items())
