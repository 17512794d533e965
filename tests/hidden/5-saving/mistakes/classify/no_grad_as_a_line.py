"""no_grad() stands alone, without a block.

fails: test_records_no_gradients
hint: eval() and no_grad() are two switches. Which lines run inside the block that records no gradients?
"""


def classify(model, image, classes):
    model.eval()
    torch.no_grad()
    return classes[model(image.unsqueeze(0)).argmax(dim=1).item()]
