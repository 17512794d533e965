"""Looks at the last digits that the notebook speaks of, and at how many there are."""

print(len(train_data), train_data[3999][1], len(test_data), test_data[999][1])
assert (len(train_data), len(test_data)) == (4000, 1000)

torch.manual_seed(0)
model = NeuralNetwork()
fit(model, train_loader, test_loader, epochs=10, lr=0.1)

last_digit, last_label = test_data[len(test_data) - 1]
print(last_label, model(last_digit.unsqueeze(0)).argmax().item())
