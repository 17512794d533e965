"""After training a new, untrained network takes the name.

fails: test_reads_digits_it_has_never_seen
hint: Which network does the name model stand for at the end of the cell?
"""

torch.manual_seed(1)
model = NeuralNetwork()
history = fit(model, train_loader, test_loader, epochs=2, lr=0.2)
model = NeuralNetwork()
model.eval()
