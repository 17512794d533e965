"""Gradients are recorded: eval() does not switch them off.

fails: test_records_no_gradients
hint: eval() and no_grad() are two switches. Does the second one hold where the model runs?
"""


def classify(model, image, classes):
    model.eval()
    return classes[model(image.unsqueeze(0)).argmax(1).item()]
