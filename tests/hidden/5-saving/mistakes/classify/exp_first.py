"""Logits go through exp, and large ones become infinite.

fails: test_takes_names_and_logits_of_any_kind
hint: Logits can be 200 and 201. After your steps on the way, is one still the higher?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    powers = logits.exp()
    return classes[int((powers / powers.sum(dim=1)).argmax())]
