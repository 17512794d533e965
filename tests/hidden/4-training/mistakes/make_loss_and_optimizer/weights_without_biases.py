"""Only the matrices are trained, the biases stay as they are.

fails: test_optimizer_moves_all_weights_of_the_model, test_learning_rate_is_the_one_given
hint: Does the optimizer get all of the model's parameters, biases too?
"""


def make_loss_and_optimizer(model, lr):
    matrices = [p for p in model.parameters() if p.dim() > 1]
    return nn.CrossEntropyLoss(), torch.optim.SGD(matrices, lr=lr)
