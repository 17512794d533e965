"""The logits are rounded to two digits before the highest is looked for.

fails: test_takes_names_and_logits_of_any_kind
hint: Two logits are 0.001 and 0.002. Can you still see which is higher?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    numbers = [round(logit, 2) for logit in logits[0].tolist()]
    return classes[numbers.index(max(numbers))]
