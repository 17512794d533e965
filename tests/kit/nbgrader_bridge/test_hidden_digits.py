"""The images that a trained model is judged on: the course's own, changed, the same for all."""

from __future__ import annotations

import torch

from autograder.checks.facts import HiddenDigits
from autograder.course.course import Course, open_course
from autograder.course.digits import grading_data, other_hidden_digits, undistorted_digits
from autograder.course.rounds import seed
from autograder.settings.load import load
from tests.kit.course_maker import ASSIGNMENT, Mini


def hidden_digits(course: Course) -> HiddenDigits:
    """The digits of a first round, as a model is shown them."""
    return undistorted_digits(course, ASSIGNMENT, 1).changed()


def with_distortion(mini: Mini, strength: float) -> Course:
    settings = mini.root / "course_config.py"
    text = f"{settings.read_text()}\nc.MnistData.hidden_distortion = {strength}\n"
    settings.write_text(text, encoding="utf-8")
    return open_course(load(mini.root))


def plain_images(course: Course) -> torch.Tensor:
    images = torch.from_numpy(grading_data(course).hidden_images)
    return images.unsqueeze(1).to(torch.float32).div(255)


def test_a_model_is_judged_on_changed_images_with_their_own_labels(mini: Mini) -> None:
    images, labels = hidden_digits(mini.course)

    plain = plain_images(mini.course)
    assert (images.shape, images.dtype, labels.dtype) == (plain.shape, torch.float32, torch.int64)
    assert labels.tolist() == grading_data(mini.course).hidden_labels.tolist()
    assert [n for n in range(50) if torch.equal(images[n], plain[n])] == []


def test_without_distortion_the_images_are_those_of_the_data_set(mini: Mini) -> None:
    course = with_distortion(mini, 0.0)

    assert torch.equal(hidden_digits(course)[0], plain_images(course))


def test_a_changed_setting_changes_the_images_at_once(mini: Mini) -> None:
    before = hidden_digits(mini.course)[0]

    after = hidden_digits(with_distortion(mini, 2.0))[0]

    assert not torch.equal(before, after)


def test_the_images_follow_from_the_secret_alone(mini: Mini) -> None:
    secret = seed(mini.course, "hidden-digits")

    again = other_hidden_digits(mini.course, secret)

    assert all(map(torch.equal, hidden_digits(mini.course), again))


def test_under_another_secret_other_digits_are_hidden(mini: Mini) -> None:
    others = other_hidden_digits(mini.course, b"another")[1]

    assert not torch.equal(hidden_digits(mini.course)[1], others)
