"""The search for the highest logit begins at -100.

fails: test_takes_names_and_logits_of_any_kind
hint: All logits of a model can lie below -100. Which name do you return then?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    highest, place = -100, -1
    for number in range(len(classes)):
        if logits[0, number] > highest:
            highest, place = logits[0, number], number
    return classes[place]
