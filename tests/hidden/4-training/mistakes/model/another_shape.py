"""A network with other layers: the weights can't be those of NeuralNetwork.

fails: test_reads_digits_it_has_never_seen
hint: The exercise is about NeuralNetwork as it is given; networks of your own come in notebook 6.
"""

torch.manual_seed(1)
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
history = fit(model, train_loader, test_loader, epochs=2, lr=0.2)
