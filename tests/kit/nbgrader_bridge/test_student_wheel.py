"""The wheel that students install: what is in it, and what it does beside the whole kit."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path
from typing import Any

import pytest

from autograder.handout import student_wheel
from autograder.handout.student_wheel import ROOMS, build_wheel
from tests.kit.hand_in.releases import answered, lay, put_wheel, released
from tests.kit.nbgrader_bridge.bare_environment import Bare, make_bare

REPOSITORY = Path(__file__).parents[3]
FILE = "1-tensors.ipynb"
# As an editable install of setuptools finds a package that lies flat in its folder.
EDITABLE = """\
import sys
import tomllib
from importlib.machinery import PathFinder


class Finder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return PathFinder.find_spec(name, [{folder!r}]) if name == "autograder" else None


sys.meta_path.append(Finder)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def content(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def metadata_of(content: dict[str, bytes], name: str) -> str:
    return next(data for path, data in content.items() if path.endswith(f"-info/{name}")).decode()


def test_the_wheel_holds_the_rooms_that_notebooks_use_and_the_digits(
    content: dict[str, bytes],
) -> None:
    package = REPOSITORY / "autograder"
    rooms = [path for room in ROOMS for path in (package / room).rglob("*.py")]
    wanted = {str(path.relative_to(REPOSITORY)) for path in rooms}

    assert {name for name in content if ".dist-info/" not in name} == wanted | {
        "autograder/__init__.py",
        "autograder/errors.py",
        "autograder/quick.py",
        "autograder/py.typed",
        "autograder/mnist/mnist_5k.csv.gz",
    }
    assert {"autograder/expect/raising.py", "autograder/mnist/tensors.py"} <= wanted


def test_its_metadata_are_those_of_a_wheel(content: dict[str, bytes]) -> None:
    names = {name.partition(".dist-info/")[2] for name in content} - {""}

    licences = {"licenses/LICENSE", "licenses/LICENSE-mlxtend.txt"}
    assert names == {"METADATA", "RECORD", "WHEEL", "entry_points.txt", *licences}
    assert "Raschka" in metadata_of(content, "licenses/LICENSE-mlxtend.txt")


def test_a_student_needs_what_the_kits_own_dependencies_say_and_no_more(
    content: dict[str, bytes],
) -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    metadata = Parser().parsestr(metadata_of(content, "METADATA"))

    assert metadata.get_all("Requires-Dist") == project["dependencies"]
    assert metadata["Requires-Python"] == project["requires-python"]
    assert metadata["Name"] == "pytorch-course-checks"
    assert metadata["Version"].startswith(f"{project['version']}.post")


def test_the_record_names_every_file_with_its_size_and_digest(content: dict[str, bytes]) -> None:
    rows = list(csv.reader(io.StringIO(metadata_of(content, "RECORD"))))

    assert [row[0] for row in rows] == list(content)
    for name, digest, size in rows[:-1]:
        found = base64.urlsafe_b64encode(hashlib.sha256(content[name]).digest()).decode()
        assert (digest, size) == (f"sha256={found.rstrip('=')}", str(len(content[name])))


def test_no_path_of_this_machine_and_nothing_that_grades_is_in_it(
    content: dict[str, bytes],
) -> None:
    text = b"\n".join(content.values()).decode("utf-8", "replace")

    for word in (
        *(str(REPOSITORY), str(Path.home()), "BEGIN SOLUTION", "HIDDEN TESTS"),
        *(
            "autograder.judge",
            "autograder.checks",
            "autograder.nbgrader_bridge",
            "import nbgrader",
            "from nbgrader",
        ),
    ):
        assert word not in text, word
    rubrics = sorted(REPOSITORY.glob("tests/hidden/*/rubrics/*.toml"))
    for rubric in rubrics:
        for line in tomllib.loads(rubric.read_text(encoding="utf-8")).values():
            assert line["says"][:60] not in text
    assert rubrics


def test_the_same_content_gives_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    again = build_wheel(tmp_path)

    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_another_content_has_another_version(wheel: Path, tmp_path: Path) -> None:
    """pip takes a wheel of the version that it has for the one that it has."""
    package = tmp_path / "autograder"
    bridge = package / "nbgrader_bridge"
    bridge.mkdir(parents=True)
    for source in (Path(student_wheel.__file__), REPOSITORY / "autograder" / "py.typed"):
        target = bridge if source.suffix == ".py" else package
        (target / source.name).write_bytes(source.read_bytes())
    (bridge / "student_init.py").touch()
    program: dict[str, Any] = {
        "__name__": "elsewhere",
        "__file__": str(bridge / "student_wheel.py"),
    }
    exec((bridge / "student_wheel.py").read_text(), program)

    other = program["build_wheel"](tmp_path)

    assert other.name != wheel.name


# Beside the whole kit


def as_path(folder: Path, bare: Bare) -> None:
    (bare.packages / "zz_kit.pth").write_text(f"{folder}\n")


def as_editable(folder: Path, bare: Bare) -> None:
    (bare.packages / "kit_finder.py").write_text(EDITABLE.format(folder=str(folder)))
    (bare.packages / "zz_kit.pth").write_text("import kit_finder\n")


@pytest.mark.parametrize("whole_kit", [as_path, as_editable])
def test_where_the_whole_kit_is_installed_too_the_kit_is_used(
    wheel: Path, tmp_path: Path, whole_kit: object
) -> None:
    bare = make_bare(tmp_path / "bare")
    bare.install(wheel)
    assert callable(whole_kit)
    whole_kit(REPOSITORY, bare)

    program = """
import json
import autograder.checks, autograder.expect, autograder.mnist
from autograder.mnist import copies_in_packages
modules = [autograder.checks, autograder.expect, autograder.mnist]
print(json.dumps([*(m.__file__ for m in modules), *map(str, copies_in_packages())]))
"""
    *files, table = json.loads(bare.run("-c", program))

    assert files == [
        str(REPOSITORY / "autograder" / room / "__init__.py")
        for room in ("checks", "expect", "mnist")
    ]
    assert table == str(bare.packages / "autograder" / "mnist" / "mnist_5k.csv.gz")


def test_without_the_whole_kit_every_module_of_the_wheel_can_be_imported(
    wheel: Path, tmp_path: Path, content: dict[str, bytes]
) -> None:
    bare = make_bare(tmp_path / "bare")
    bare.install(wheel)
    names = [
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in content
        if name.endswith(".py")
    ]

    program = f"from importlib import import_module\nfor name in {names}: import_module(name)\n"
    program += "import sys; print(sys.modules['autograder'].__path__)"

    assert bare.run("-c", program) == f"['{bare.packages / 'autograder'}']\n"
    bare.run("-m", "pip", "check")


def test_its_commands_look_at_a_notebook_and_carry_answers(tmp_path: Path) -> None:
    bare = make_bare(tmp_path / "bare")
    folder = bare.folder / "home"
    bare.install(put_wheel(folder, released()))
    lay(answered(), folder / "1-tensors (1).ipynb")
    lay(released(), folder / "1-tensors.ipynb")

    program = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode)"
    scripts = bare.folder / "bin"
    carried = bare.run("-c", program, str(scripts / "carry-answers"), "1-tensors (1).ipynb", FILE)
    looked = bare.run("-c", program, str(scripts / "check-hand-in"), FILE)
    next(folder.glob("*.whl")).unlink()
    without_the_file = bare.run("-m", "autograder.hand_in", FILE)

    assert carried.startswith("Carried into 1-tensors.ipynb: from_numpy_shared, ")
    assert "Exercises: 13 of 13 answered." in looked
    assert without_the_file == looked


def test_pip_installs_with_it_what_the_course_adds_for_answers(tmp_path: Path, wheel: Path) -> None:
    other = build_wheel(tmp_path, ["seaborn"])

    with zipfile.ZipFile(other) as packed:
        (name,) = (n for n in packed.namelist() if n.endswith("/METADATA"))
        assert "Requires-Dist: seaborn" in packed.read(name).decode().splitlines()
    # pip takes it for another version.
    assert other.name != wheel.name
