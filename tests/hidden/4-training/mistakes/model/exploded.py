"""A learning rate so large that the loss becomes NaN, and all weights with it.

fails: test_reads_digits_it_has_never_seen
hint: Did the loss become NaN? Then the steps were too large.
"""

torch.manual_seed(1)
model = NeuralNetwork()
history = fit(model, train_loader, test_loader, epochs=1, lr=100.0)
