"""Under plain `pytest tests/hidden` the student is the reference solution in a real kernel."""

from autograder.authoring.self_test import (  # noqa: F401
    again,
    course,
    credit,
    fresh,
    hidden_digits,
    rng,
    self_test,
    solution,
    student,
)
