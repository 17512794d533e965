"""`course_config.py`, read from real files: what is loaded, and each refusal's whole sentence."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from traitlets.config import Config

from autograder.errors import KitError, MissingFile, SettingsProblem, UnknownName
from autograder.settings.load import COURSE_FILE, Settings, find_root, from_config, load
from autograder.settings.traits import CLASSES, Limits

REPOSITORY = Path(__file__).parents[3]
HEAD = "c = get_config()\n"


def a_course(folder: Path, body: str) -> Path:
    (folder / COURSE_FILE).write_text(HEAD + body, encoding="utf-8")
    return folder


def loaded(folder: Path, body: str) -> Settings:
    return load(a_course(folder, body))


def refusal(folder: Path, body: str) -> KitError:
    with pytest.raises(KitError) as refused:
        loaded(folder, body)
    return refused.value


def test_the_repositorys_own_settings_load() -> None:
    settings = load(REPOSITORY)

    assert settings.root == REPOSITORY
    assert settings.config.CourseDirectory.course_id == "pytorch"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("limits.cell_s", 120.0),
        ("limits.call_s", 20.0),
        ("limits.submission_s", 600.0),
        ("limits.memory_mb", 4096),
        ("limits.processes", 64),
        ("limits.scratch_mb", 512),
        ("limits.output_chars", 200_000),
        ("mnist.root", "data"),
        ("mnist.also_look_in", []),
        ("mnist.download", True),
        ("mnist.train_samples", None),
        ("mnist.test_samples", 1000),
        ("mnist.hidden_samples", 2000),
        ("mnist.hidden_distortion", 1.0),
        ("grading.minimum_accuracy", 0.70),
        ("grading.full_marks_accuracy", 0.85),
        ("grading.workers", 0),
        ("feedback.show_values", False),
        ("feedback.show_hints", True),
        ("requests.close", {}),
        ("requests.days_after_release", None),
        ("verifying.check_floor", 0.97),
        ("sandbox.allow_no_sandbox", False),
    ],
)
def test_what_nobody_sets_has_a_default(tmp_path: Path, setting: str, value: object) -> None:
    section, name = setting.split(".")

    assert getattr(getattr(loaded(tmp_path, ""), section), name) == value


def test_every_setting_has_a_help_text_and_can_be_configured() -> None:
    traits = {
        f"{kind.__name__}.{name}": trait
        for kind in CLASSES
        for name, trait in kind.class_own_traits().items()
    }

    silent = [name for name, trait in traits.items() if not trait.help]
    assert (silent, [n for n, t in traits.items() if not t.metadata.get("config")]) == ([], [])


def test_what_the_file_sets_is_loaded(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "c.Limits.cell_s = 5\nc.MnistData.also_look_in = ['/digits']\n")

    assert (settings.limits.cell_s, settings.mnist.also_look_in) == (5.0, ["/digits"])


@pytest.mark.parametrize("name", ["memory_mb", "processes", "scratch_mb"])
def test_none_is_no_limit(tmp_path: Path, name: str) -> None:
    assert getattr(loaded(tmp_path, f"c.Limits.{name} = None\n").limits, name) is None


def test_one_folder_to_look_in_needs_no_list(tmp_path: Path) -> None:
    assert loaded(tmp_path, "c.MnistData.also_look_in = '/d'\n").mnist.also_look_in == ["/d"]


def test_the_entry_file_leads_to_the_course_file(tmp_path: Path) -> None:
    entry = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
    (tmp_path / "nbgrader_config.py").write_text(entry, encoding="utf-8")

    assert loaded(tmp_path, "c.Limits.cell_s = 5\n").limits.cell_s == 5.0


def test_settings_of_other_programs_pass_unread(tmp_path: Path) -> None:
    body = "c.GenerateFeedback.force = True\nc.LimitOutput.max_lines = 5\nc.Feedback.x = 1\n"
    body += "c.ServerApp.port = 9\nc.FeedbackApp.y = 2\nc.CourseDirectory.course_id = 'a'\n"

    assert loaded(tmp_path, body).config.LimitOutput.max_lines == 5


def test_a_record_of_settings_cannot_be_changed(tmp_path: Path) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        loaded(tmp_path, "").limits = Limits()  # type: ignore[misc]  # as it should


@pytest.mark.parametrize(
    ("body", "kind", "sentence"),
    [
        (
            "c.Limits.cel_s = 5\n",
            UnknownName,
            "There is no setting of Limits named cel_s in course_config.py. Did you mean cell_s?",
        ),
        (
            "c.FeedbackText.colour = 'red'\n",
            UnknownName,
            "There is no setting of FeedbackText named colour in course_config.py. "
            "There is: show_hints, show_values, solutions.",
        ),
        (
            "c.Limit.cell_s = 5\n",
            UnknownName,
            "There is no class of settings named Limit in course_config.py. Did you mean Limits?",
        ),
        (
            "c.MNISTData.root = 'x'\n",
            UnknownName,
            "There is no class of settings named MNISTData in course_config.py. "
            "Did you mean MnistData?",
        ),
        (
            "c.Sandbox.allow_no_sandbox = True\n",
            UnknownName,
            "There is no class of settings named Sandbox in course_config.py. "
            "Did you mean SandboxPolicy?",
        ),
        (
            "c.Limits.cell_s = 'fast'\n",
            SettingsProblem,
            "course_config.py: The 'cell_s' trait of a Limits instance expected a float, "
            "not the str 'fast'.",
        ),
        (
            "c.Limits.cell_s = None\n",
            SettingsProblem,
            "course_config.py: The 'cell_s' trait of a Limits instance expected a float, "
            "not the NoneType None.",
        ),
        (
            "c.Limits.memory_mb = 2048.5\n",
            SettingsProblem,
            "course_config.py: The 'memory_mb' trait of a Limits instance expected an int, "
            "not the float 2048.5.",
        ),
        (
            "c.MnistData.root = 5\n",
            SettingsProblem,
            "course_config.py: The 'root' trait of a MnistData instance expected a unicode string, "
            "not the int 5.",
        ),
        (
            "c.Review.graders = ['ann', 'ann']\n",
            SettingsProblem,
            "course_config.py: Review.graders is ['ann', 'ann']. Name each grader once.",
        ),
        (
            "c.Review.shares = {'ann': ['s1'], 'ben': ['s1']}\n",
            SettingsProblem,
            "course_config.py: Review.shares is {'ann': ['s1'], 'ben': ['s1']}. "
            "'s1' has two graders: name each student once.",
        ),
        (
            "c.Review.shares = {'ann': ['s1']}\n",
            SettingsProblem,
            "course_config.py: Review.shares names ann, and Review.graders does not. "
            "Name each grader in both.",
        ),
        (
            "c.Review.formgrader_url = 'javascript:alert(1)'\n",
            SettingsProblem,
            "course_config.py: Review.formgrader_url is javascript:alert(1). "
            "Set it to an address that begins with http:// or https://.",
        ),
        (
            "c.Verifying.mutation_floor = 75\n",
            SettingsProblem,
            "course_config.py: Verifying.mutation_floor is 75.0. Write 90 % as 0.9.",
        ),
        (
            "c.Limits.memory_mb = 0\n",
            SettingsProblem,
            "course_config.py: Limits.memory_mb is 0. A kernel needs at least 256 MB. "
            "Set it to 4096, or to None for no limit.",
        ),
        (
            "c.Limits.memory_mb = 255\n",
            SettingsProblem,
            "course_config.py: Limits.memory_mb is 255. A kernel needs at least 256 MB. "
            "Set it to 4096, or to None for no limit.",
        ),
        *(
            (
                f"c.{setting} = {value}\n",
                SettingsProblem,
                f"course_config.py: {setting} is {said}. Set it to a number above 0.",
            )
            for setting, value, said in [
                ("Limits.cell_s", "0", "0.0"),
                ("Limits.call_s", "-1", "-1.0"),
                ("Limits.submission_s", "float('nan')", "nan"),
                ("Limits.processes", "0", "0"),
                ("Limits.scratch_mb", "-5", "-5"),
                ("Limits.output_chars", "0", "0"),
                ("MnistData.train_samples", "0", "0"),
                ("MnistData.test_samples", "-1", "-1"),
                ("MnistData.hidden_samples", "0", "0"),
            ]
        ),
        (
            "c.MnistData.hidden_distortion = float('nan')\n",
            SettingsProblem,
            "course_config.py: MnistData.hidden_distortion is nan. Set it to a number from 0 to 4: "
            "beyond, people misread them.",
        ),
        (
            "c.Grading.workers = -1\n",
            SettingsProblem,
            "course_config.py: Grading.workers is -1. Set it to 0 or more.",
        ),
        (
            "c.Grading.minimum_accuracy = 70\n",
            SettingsProblem,
            "course_config.py: Grading.minimum_accuracy is 70.0. Write 90 % as 0.9.",
        ),
        (
            "c.FeedbackText.solutions = 'open'\n",
            SettingsProblem,
            "course_config.py: FeedbackText.solutions is open. Set it to 'never' or 'closed'.",
        ),
        (
            "c.Grading.full_marks_accuracy = float('nan')\n",
            SettingsProblem,
            "course_config.py: Grading.full_marks_accuracy is nan. Write 90 % as 0.9.",
        ),
        (
            "c.Grading.minimum_accuracy = 0.9\n",
            SettingsProblem,
            "course_config.py: Grading.minimum_accuracy is 0.9 and "
            "Grading.full_marks_accuracy is 0.85. The first must be below the second.",
        ),
        (
            "c.Grading.minimum_accuracy = 0.85\n",
            SettingsProblem,
            "course_config.py: Grading.minimum_accuracy is 0.85 and "
            "Grading.full_marks_accuracy is 0.85. The first must be below the second.",
        ),
        (
            "c.Limits.cell_s = (\n",
            SettingsProblem,
            "course_config.py: line 2 is no Python: '(' was never closed.",
        ),
        (
            "\nc.Limits.cell_s = minutes(2)\n",
            SettingsProblem,
            "course_config.py: line 3 cannot be run: NameError: name 'minutes' is not defined.",
        ),
        (
            "def two():\n    return 1 / 0\nc.Limits.cell_s = two()\n",
            SettingsProblem,
            "course_config.py: line 3 cannot be run: ZeroDivisionError: division by zero.",
        ),
        (
            "c.Limits = 5\n",
            SettingsProblem,
            "course_config.py: line 2 cannot be run: ValueError: values whose keys begin with an "
            "uppercase char must be Config instances: 'Limits', 5.",
        ),
    ],
    ids=lambda part: str(part)[:45],
)
def test_what_cannot_be_used_is_refused_in_these_words(
    tmp_path: Path, body: str, kind: type[KitError], sentence: str
) -> None:
    error = refusal(tmp_path, body)

    assert (type(error), str(error), error.exit_code) == (kind, sentence, 2)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            "x = 1 +\n",
            "course_config.py: line 2 is no Python: invalid syntax.",
        ),
        (
            "1 / 0\n",
            "course_config.py: line 2 cannot be run: ZeroDivisionError: division by zero.",
        ),
    ],
)
def test_the_file_with_the_fault_is_named_also_behind_the_entry_file(
    tmp_path: Path, body: str, sentence: str
) -> None:
    entry = (REPOSITORY / "nbgrader_config.py").read_text(encoding="utf-8")
    (tmp_path / "nbgrader_config.py").write_text(entry, encoding="utf-8")

    assert str(refusal(tmp_path, body)) == sentence


def test_a_folder_without_a_course_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingFile) as missing:
        load(tmp_path)

    sentence = f"{tmp_path / COURSE_FILE} is not there: it holds the settings of the course."
    assert str(missing.value) == sentence


def test_settings_of_a_running_nbgrader_are_checked_too(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean workers"):
        from_config(Config({"Grading": {"worker": 2}}), tmp_path)


def test_paths_are_relative_to_the_courses_folder(tmp_path: Path) -> None:
    settings = loaded(tmp_path, "")

    assert settings.path("data") == tmp_path.resolve() / "data"
    assert settings.path("/elsewhere") == Path("/elsewhere")


def test_the_root_is_the_nearest_folder_above_with_a_course(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    deep = inner / "solutions" / "1-tensors"
    deep.mkdir(parents=True)
    a_course(tmp_path, "")
    a_course(inner, "")

    assert find_root(deep) == find_root(inner) == inner


def test_the_root_is_found_from_a_relative_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "solutions").mkdir()
    a_course(tmp_path, "")
    monkeypatch.chdir(tmp_path / "solutions")

    assert find_root(Path()) == tmp_path


def test_outside_every_course_the_sentence_names_the_way_in(tmp_path: Path) -> None:
    with pytest.raises(MissingFile) as missing:
        find_root(tmp_path)

    assert str(missing.value) == (
        f"{tmp_path / COURSE_FILE} is not there: it holds the settings of the course. "
        "Go to the folder of the course, or name it behind the command, as in:\n"
        "    autograder doctor --course FOLDER"
    )
