"""A file that is there already stays: the second save of an evening is lost.

fails: test_each_file_is_at_the_path_that_was_given
hint: What is in the file if there was one before?
"""


def save_model(model, path):
    if not os.path.exists(path):
        torch.save(model.state_dict(), path)
