"""Element by element into lists: a copy, cut off from gradients.

fails: test_is_a_view, test_lets_gradients_through
hint: The numbers are copies, and no gradient comes through. Which step loses the tie to m?
"""


def transpose(m):
    return torch.tensor(
        [[m[i][j] for i in range(m.shape[0])] for j in range(m.shape[1])]
    )
