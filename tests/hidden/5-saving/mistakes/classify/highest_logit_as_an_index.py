"""max gives the highest value and its place: the value is taken for the place.

fails: test_gives_the_name_of_the_class_with_the_highest_logit, test_records_no_gradients
hint: What picks the name: the highest logit itself, or its place among the logits?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        values, indices = model(image.unsqueeze(0)).max(dim=1)
    return classes[int(values.item())]
