"""The model itself is made half precision before it is saved.

fails: test_file_has_all_digits_of_the_weights, test_leaves_the_model_as_it_was
hint: Print the dtype of the model's weights before saving and after it. What changes it?
"""


def save_model(model, path):
    torch.save(model.half().state_dict(), path)
