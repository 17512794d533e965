"""Names are imported in the cell."""

from torch import save


def save_model(model, path):
    save(model.state_dict(), f=path)
