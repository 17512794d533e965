"""Self-contained: neither train nor test is called."""


def fit(model, train_loader, test_loader, epochs, lr):
    loss_fn = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history = []
    for epoch in range(1, epochs + 1):
        model.train()
        train_loss = 0.0
        for X, y in train_loader:
            optimizer.zero_grad()
            loss = loss_fn(model(X), y)
            loss.backward()
            optimizer.step()
            train_loss += loss.item() * len(y) / len(train_loader.dataset)
        model.eval()
        test_loss, hits = 0.0, 0
        with torch.inference_mode():
            for X, y in test_loader:
                logits = model(X)
                test_loss += loss_fn(logits, y).item() * len(y) / len(test_loader.dataset)
                hits += (logits.argmax(1) == y).sum().item()
        accuracy = hits / len(test_loader.dataset)
        print(f"epoch {epoch}: {accuracy:.1%}")
        history.append(
            {"epoch": epoch, "train_loss": train_loss, "test_loss": test_loss, "accuracy": accuracy}
        )
    return history
