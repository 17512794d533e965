"""The images are flattened before the model gets them.

fails: test_predicts_by_calling_the_model
hint: Does every model take rows of pixels, or images as they are?
"""


def predict(model, X):
    return predict_proba(model, flatten_images(X)).argmax(dim=1)
