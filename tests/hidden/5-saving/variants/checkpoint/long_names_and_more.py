"""The keys of PyTorch's own pages, and things of its own beside them."""


def save_checkpoint(path, model, optimizer, epoch):
    torch.save(
        {
            "epoch": epoch,
            "model_state_dict": model.state_dict(),
            "optimizer_state_dict": optimizer.state_dict(),
            "random_state": torch.get_rng_state(),
            "version": torch.__version__.split("+")[0],
            "history": [],
        },
        path,
    )


def load_checkpoint(path, model, optimizer):
    checkpoint = torch.load(path, map_location=torch.device("cpu"), weights_only=True)
    model.load_state_dict(checkpoint["model_state_dict"])
    optimizer.load_state_dict(checkpoint["optimizer_state_dict"])
    model.train()
    return checkpoint["epoch"]
