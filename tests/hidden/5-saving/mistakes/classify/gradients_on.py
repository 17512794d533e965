"""Gradients are recorded: eval() does not switch them off.

fails: test_records_no_gradients
hint: eval() and no_grad() are two switches. Which lines run inside the block that records no gradients?
"""


def classify(model, image, classes):
    model.eval()
    return classes[model(image.unsqueeze(0)).argmax(1).item()]
