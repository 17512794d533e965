"""The name is returned in small letters.

fails: test_takes_names_and_logits_of_any_kind
hint: Is the name returned as it stands in classes, letter by letter?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    return classes[int(logits.argmax(dim=1))].casefold()
