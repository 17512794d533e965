"""Gradients are switched on at the end, also where they were off before.

fails: test_records_no_gradients
hint: The caller works without gradients. Are they still off after your function?
"""


def classify(model, image, classes):
    model.eval()
    torch.set_grad_enabled(False)
    number = model(image[None]).argmax()
    torch.set_grad_enabled(True)
    return classes[number]
