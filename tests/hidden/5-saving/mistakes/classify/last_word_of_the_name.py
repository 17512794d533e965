"""Of a name only what stands behind the dash is returned.

fails: test_takes_names_and_logits_of_any_kind
hint: Is what you return an item of classes, letter by letter?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    found = classes[int(logits.argmax())]
    return found.split("-")[-1].strip()
