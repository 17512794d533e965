"""Looks at the first ten logits, as if there were never more classes.

fails: test_gives_the_name_of_the_class_with_the_highest_logit
hint: How many classes can a model have?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    return classes[logits[:, :10].argmax(1).item()]
