"""A sigmoid makes the logits numbers from 0 to 1, and all large ones become 1.

fails: test_takes_names_and_logits_of_any_kind
hint: Logits can be 200 and 201. After your steps on the way, is one still the higher?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    shares = logits.sigmoid()[0]
    return classes[int(shares.argmax())]
