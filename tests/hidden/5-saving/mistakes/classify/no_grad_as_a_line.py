"""no_grad() stands alone, without a block.

fails: test_records_no_gradients
hint: eval() and no_grad() are two switches. Does the second one hold where the model runs?
"""


def classify(model, image, classes):
    model.eval()
    torch.no_grad()
    return classes[model(image.unsqueeze(0)).argmax(dim=1).item()]
