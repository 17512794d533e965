"""The file goes to the folder of this notebook, unless path says a whole place.

fails: test_each_file_is_at_the_path_that_was_given
hint: In which folder is the file if path is only a name, such as "net.pt"?
"""


def save_model(model, path):
    place = os.path.join(SCRATCH, path)
    torch.save(model.state_dict(), place)
