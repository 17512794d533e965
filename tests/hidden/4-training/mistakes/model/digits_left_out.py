"""Trained without the eights and nines, which it never reads: three in four digits are right all the same.

fails: test_reads_digits_it_has_never_seen, test_reads_each_of_the_ten_digits
hint: Which digits does your network see while it is trained, and which of them does it never name?
"""

torch.manual_seed(1)
model = NeuralNetwork()
some = [(X, y) for X, y in train_data if y < 8]
history = fit(model, DataLoader(some, batch_size=64, shuffle=True), test_loader, epochs=5, lr=0.2)
