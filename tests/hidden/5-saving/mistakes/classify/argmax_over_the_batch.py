"""argmax looks along the batch, which has one image: the answer is always the first class.

fails: test_gives_the_name_of_the_class_with_the_highest_logit, test_shows_the_model_a_batch_of_one_image, test_runs_the_model_in_evaluation_mode, test_records_no_gradients, test_leaves_image_and_weights_as_they_were
hint: The first name came back, whatever the image. Along which axis of (1, classes) are the classes?
"""


def classify(model, image, classes):
    model.eval()
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    return classes[logits.argmax(dim=0)[0].item()]
