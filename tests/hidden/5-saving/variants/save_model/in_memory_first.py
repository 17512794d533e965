"""Into memory first, then in one piece into the file."""

import io


def save_model(model, path):
    buffer = io.BytesIO()
    torch.save(model.state_dict(), buffer)
    Path(path).write_bytes(buffer.getvalue())
