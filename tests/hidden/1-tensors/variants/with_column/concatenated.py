"""The columns before, the new one, the columns after."""


def with_column(m, j, value):
    column = torch.full((m.shape[0], 1), value, dtype=m.dtype, device=m.device)
    return torch.cat([m[:, :j], column, m[:, j + 1 :]], dim=1)
