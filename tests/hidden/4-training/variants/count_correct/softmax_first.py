"""Probabilities first, which changes no winner, and topk."""


def count_correct(logits, y):
    probabilities = nn.functional.softmax(logits, dim=-1)
    predictions = probabilities.topk(1, dim=-1).indices.squeeze(-1)
    return predictions.eq(y).sum().item()
