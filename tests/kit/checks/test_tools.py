"""Helper code of checks in files: found by name, each once, with what it imports of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.checks import tools


@pytest.fixture
def check_file(tmp_path: Path) -> Path:
    folder = tmp_path / "hidden" / "1-tensors"
    for name, source in {
        "tools/networks.py": "import math\n\n\ndef network():\n    return math.pi\n",
        "1-tensors/tools/traces.py": "from networks import network\n\nTWICE = 2 * network()\n",
        "1-tensors/tools/spies.py": "from networks import (\n    network,\n)\n\nSPY = network\n",
    }.items():
        path = folder.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return folder / "test_making.py"


def run(source: str) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(source, names)
    return names


def test_tools_hold_what_they_import_of_others_once(check_file: Path) -> None:
    source = tools(str(check_file), "traces", "spies")

    assert source.count("def network") == 1
    assert "from networks" not in source
    assert run(source)["TWICE"] == pytest.approx(6.283, abs=1e-3)


def test_a_tool_of_the_assignment_stands_before_one_of_all(check_file: Path) -> None:
    own = check_file.parent / "tools" / "networks.py"
    own.write_text("def network():\n    return 1\n", encoding="utf-8")

    assert run(tools(str(check_file), "traces"))["TWICE"] == 2


def test_what_is_not_there_is_said_with_what_is(check_file: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no tools/network\.py .* networks, spies, traces"):
        tools(str(check_file), "network")
