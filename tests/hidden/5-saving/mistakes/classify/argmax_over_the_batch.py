"""argmax looks along the batch, which has one image: the answer is always the first class.

fails: test_gives_the_name_of_the_class_with_the_highest_logit
hint: Along which axis of (1, classes) are the classes?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    return classes[logits.argmax(dim=0)[0].item()]
