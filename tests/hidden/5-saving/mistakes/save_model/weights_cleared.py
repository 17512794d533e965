"""Once they are in the file, the weights of the model are set to 0.

fails: test_leaves_the_model_as_it_was
hint: The file is right. What does the model say after it was saved?
"""


def save_model(model, path):
    torch.save(model.state_dict(), path)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
