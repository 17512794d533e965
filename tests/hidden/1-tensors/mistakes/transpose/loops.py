"""Element by element into lists: a copy, cut off from gradients.

fails: test_is_a_view, test_lets_gradients_through
hint: A view needs no loop and no copy, and keeps dtype and gradients: .T says all of this.
"""


def transpose(m):
    return torch.tensor(
        [[m[i][j] for i in range(m.shape[0])] for j in range(m.shape[1])]
    )
