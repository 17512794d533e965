"""The model is asked in the mode in which it came.

fails: test_runs_the_model_in_evaluation_mode
hint: In which mode is the model in the line that runs it, and what should have switched it?
"""


def classify(model, image, classes):
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    return classes[logits.argmax(1).item()]
