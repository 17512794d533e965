"""The students' commands start here; `python -m autograder.hand_in` is `check-hand-in`."""

from autograder.quick import leave_out_what_no_notebook_needs


def check_hand_in() -> None:
    """The `check-hand-in` command."""
    leave_out_what_no_notebook_needs()
    from autograder.hand_in.commands import check_hand_in

    raise SystemExit(check_hand_in())


def carry_answers() -> None:
    """The `carry-answers` command."""
    leave_out_what_no_notebook_needs()
    from autograder.hand_in.commands import carry_answers

    raise SystemExit(carry_answers())


if __name__ == "__main__":
    check_hand_in()
