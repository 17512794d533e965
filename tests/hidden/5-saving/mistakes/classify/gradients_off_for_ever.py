"""Gradients are switched off and never on again.

fails: test_records_no_gradients
hint: After your function has returned, can anybody still train?
"""


def classify(model, image, classes):
    model.eval()
    torch.set_grad_enabled(False)
    logits = model(image.unsqueeze(0))
    return classes[logits.argmax(1).item()]
