"""Adds to an older file.

fails: test_each_file_is_at_the_path_that_was_given
hint: If there is an older file, is it replaced, or is something added to it?
"""


def save_model(model, path):
    with open(path, "ab") as file:
        torch.save(model.state_dict(), file)
