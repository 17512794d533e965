"""A TA is told of a network that seems to be trained with test data, and of no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.cells import judged_cells
from autograder.course.course import open_course
from autograder.diagnosis.answers import variants
from autograder.diagnosis.trained_on import trains_with_test_data
from autograder.settings.load import load

COURSE = open_course(load(Path(__file__).parents[3]))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "both = torch.utils.data.ConcatDataset([train_data, test_data])\n"
            "train(DataLoader(both, batch_size=64), model, nn.CrossEntropyLoss(), optimizer)",
            "line 2 trains with `DataLoader(both, batch_size=64)`.",
        ),
        ("fit(model, test_loader, test_loader, epochs=5, lr=0.1)", "line 1 trains with `test_load"),
        ("fit(model, test_loader=t, train_loader=train_data + test_data, lr=1)", "line 1 trains"),
        ("for X, y in test_loader:\n    train_step(model, X, y, f, o)", "line 1 trains with"),
        (
            "for X, y in [*train_loader, *test_loader]:\n    f(model(X), y).backward()",
            "line 1 trains with `[*train_loader, *test_loader]`.",
        ),
    ],
)
def test_training_with_test_data_is_told_with_its_line(code: str, said: str) -> None:
    assert trains_with_test_data(code).startswith(said)


@pytest.mark.parametrize(
    "code",
    [
        "history = fit(model, train_loader, test_loader, epochs=5, lr=0.2)",
        "history = fit(model=model, test_loader=test_loader, train_loader=train_loader, epochs=5)",
        "loaders = make_loaders(train_data, test_data)\nfit(model, *loaders, epochs=5, lr=0.2)",
        "train_loader, test_loader = make_loaders(train_data, test_data)\ntrain(train_loader, m)",
        "for X, y in test_loader:\n    right += count_correct(model(X), y)",
        "train(DataLoader(train_data, 64), model, f, o)\ntest(test_loader, model, f)",
        "model.train()",
        "def (",
    ],
)
def test_other_code_is_not(code: str) -> None:
    assert trains_with_test_data(code) == ""


@pytest.mark.parametrize("assignment", COURSE.assignments())
def test_right_answers_are_not(assignment: str) -> None:
    cells = judged_cells(COURSE.source_notebook(assignment)).values()
    right = [cell.source for cell in cells] + [
        one.code for one in variants(COURSE.checks_folder(assignment))
    ]

    assert [one for one in right if trains_with_test_data(one)] == []
