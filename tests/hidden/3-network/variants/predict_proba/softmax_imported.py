"""Names are imported in the cell."""

from torch import no_grad
from torch.nn.functional import softmax


@no_grad()
def predict_proba(model, X):
    return softmax(model.eval()(X), dim=-1)
