"""A second file is written beside the one that was asked for.

fails: test_each_file_is_at_the_path_that_was_given
hint: How many files are there after your function? The caller has named one.
"""


def save_model(model, path):
    for place in (path, f"{path}.copy"):
        torch.save(model.state_dict(), place)
