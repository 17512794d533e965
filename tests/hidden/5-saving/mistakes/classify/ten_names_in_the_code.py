"""The digits' names stand in the code: other classes have other names.

fails: test_gives_the_name_of_the_class_with_the_highest_logit, test_shows_the_model_a_batch_of_one_image, test_runs_the_model_in_evaluation_mode, test_records_no_gradients, test_leaves_image_and_weights_as_they_were
hint: What happens with the argument classes?
"""


def classify(model, image, classes):
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    model.eval()
    with torch.no_grad():
        index = model(image.unsqueeze(0)).argmax(1).item()
    return names[index]
