"""The images are flattened before the model gets them.

fails: test_predicts_by_calling_the_model
hint: In which shape does the model get the images? Does every model take rows of pixels?
"""


def predict(model, X):
    return predict_proba(model, flatten_images(X)).argmax(dim=1)
