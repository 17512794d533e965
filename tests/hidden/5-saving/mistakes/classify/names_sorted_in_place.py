"""The caller's own list is sorted.

fails: test_gives_the_name_of_the_class_with_the_highest_logit, test_shows_the_model_a_batch_of_one_image, test_runs_the_model_in_evaluation_mode, test_records_no_gradients, test_leaves_image_and_weights_as_they_were
hint: Do your names come in the same order as the logits?
"""


def classify(model, image, classes):
    classes.sort()
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    return classes[logits.argmax(dim=1).item()]
