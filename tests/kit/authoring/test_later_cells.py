"""The course's own notebooks, with cells below the answers as real students wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.trial import Trial
from autograder.course.course import open_course
from autograder.judge.records import Cell
from autograder.settings.load import load

REPOSITORY = Path(__file__).parents[3]
BELOW = {
    "1-tensors": [
        "transpose = transpose(torch.arange(6).reshape(2, 3))\ntranspose",
        "import sys\ntorch.set_default_dtype(torch.float64)\nsys.setrecursionlimit(200)",
        "describe = describe(torch.ones(2))",
        "%reset -f",
    ],
    "2-data": [
        "first_batch = first_batch(DataLoader(train_data, batch_size=64))\nfirst_batch[0].shape",
        "all_labels = all_labels(DataLoader(test_data, batch_size=64))",
        "for show_grid in range(2):\n    pass",
        "plt.rcParams['image.cmap'] = 'viridis'",
    ],
    "4-training": [
        "confusion_matrix = confusion_matrix(model, test_loader)\nprint(confusion_matrix)",
        "train = train_data\ntest = test_data\nprint(len(train), len(test))",
        "torch.set_grad_enabled(False)",
        "del train_step, fit",
    ],
}


@pytest.mark.parametrize("assignment", BELOW)
def test_right_answers_keep_their_points(assignment: str) -> None:
    trial = Trial(open_course(load(REPOSITORY)), assignment)
    below = [Cell(name=f"cell {n}", source=code) for n, code in enumerate(BELOW[assignment], 90)]

    report = trial.judge.grade([*trial.cells, *below]).report

    assert report.points == report.max_points, [
        (c.check.name, [s.text for s in c.sentences])
        for e in report.exercises
        for c in e.checks
        if c.credit < 1
    ]
