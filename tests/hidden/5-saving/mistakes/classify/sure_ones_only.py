"""Where no class is likely enough there is another word in the place of a name.

fails: test_takes_names_and_logits_of_any_kind
hint: What does your function return where all classes are about as likely?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    share, number = logits.softmax(dim=1)[0].max(dim=0)
    if share < 1.4 / len(classes):
        return "not sure"
    return classes[number]
