"""The model is asked in the mode in which it came.

fails: test_runs_the_model_in_evaluation_mode
hint: In which mode is the model while it looks at the image? Is the method that switches the mode called, with its parentheses?
"""


def classify(model, image, classes):
    with torch.no_grad():
        logits = model(image.unsqueeze(0))
    return classes[logits.argmax(1).item()]
