"""Only the parameters of the model are saved.

fails: test_training_goes_on_with_all_that_a_model_keeps
hint: Some layers keep numbers that nobody trains. Are these in the file too?
"""


def save_checkpoint(path, model, optimizer, epoch):
    weights = [p.detach() for p in model.parameters()]
    torch.save({"weights": weights, "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer):
    checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    with torch.no_grad():
        for p, weight in zip(model.parameters(), checkpoint["weights"]):
            p.copy_(weight)
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]
