"""The file holds float16, the model stays as it was.

fails: test_file_has_all_digits_of_the_weights
hint: The weights in the file are near those of the model. What takes digits away?
"""


def save_model(model, path):
    torch.save(
        {name: t.half() if t.is_floating_point() else t for name, t in model.state_dict().items()},
        path,
    )
