"""The course's own notebooks, with cells below the answers as real students wrote them."""

from __future__ import annotations

import random
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


# What people type below their answers: each takes the name of an exercise.
LINES = (
    "{name} = None",
    "{name} = 3",
    "{name} = lambda *args: None",
    "{name} = print",
    "def {name}(*args, **kwargs):\n    raise RuntimeError('an older version')",
    "class {name}:\n    pass",
    "for {name} in range(3):\n    pass",
    "with open('notes.txt', 'w') as {name}:\n    {name}.write('x')",
    "import os as {name}",
    "del {name}",
    "globals().pop('{name}', None)",
    "globals()['{name}'] = 'rebound'",
    "import functools\n{name} = functools.cache({name}) if callable({name}) else {name}",
    "%reset -f",
    "%reset_selective -f {name}",
    "for _name in [n for n in globals() if n == '{name}']:\n    del globals()[_name]",
    "x = 5\ny = 'text'",
    "torch = None",
    "import numpy as torch",
    "np = nn = plt = None",
    "sum = max = min = len = 0",
    "list = dict = print",
    "torch.set_default_dtype(torch.float64)",
    "torch.set_default_device('meta')",
    "torch.set_grad_enabled(False)",
    "torch.manual_seed(0)\nimport random\nrandom.seed(0)",
    "torch.set_printoptions(precision=1)",
    "torch.use_deterministic_algorithms(True)",
    "torch.set_num_threads(1)",
    "torch.autograd.set_detect_anomaly(True)",
    "torch.backends.cudnn.benchmark = True",
    "import sys\nsys.setrecursionlimit(200)",
    "import sys\nsys.stdout = open('/dev/null', 'w')",
    "import warnings\nwarnings.simplefilter('error')",
    "import os\nos.makedirs('elsewhere', exist_ok=True)\nos.chdir('elsewhere')",
    "import os\nos.environ.clear()",
    "import builtins\nbuiltins.sum = lambda *args: 0",
    "torch.Tensor.sum = lambda self: 0",
    "torch.Tensor.__add__ = lambda self, other: self",
    "1 / 0",
    "this is no Python",
    "assert False, 'not finished'",
    "!echo done",
    "%matplotlib inline",
    "from IPython.display import clear_output\nclear_output()",
)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    "assignment", ["1-tensors", "2-data", "3-network", "4-training", "5-saving"]
)
def test_random_cells_below_all_answers_cost_nothing(assignment: str, seed: int) -> None:
    trial = Trial(open_course(load(REPOSITORY)), assignment)
    draw = random.Random(f"{assignment} {seed}")
    chosen = draw.sample(LINES, 15)
    exercises = list(trial.max_points)
    sources = [line.format(name=draw.choice(exercises)) for line in chosen]
    below = [Cell(name=f"cell {n}", source=code) for n, code in enumerate(sources, 90)]

    report = trial.judge.grade([*trial.cells, *below]).report

    assert report.points == report.max_points, (
        sources,
        [
            (c.check.name, [s.text for s in c.sentences])
            for e in report.exercises
            for c in e.checks
            if c.credit < 1
        ],
    )
