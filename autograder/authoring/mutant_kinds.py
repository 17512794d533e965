"""What a fault is about, by the name of a call or of a keyword argument."""

from __future__ import annotations

from typing import Final

# What a keyword argument, or a call that is left out, is about.
_KIND_OF_KEYWORD: Final = {
    **dict.fromkeys(("dim", "axis", "keepdim", "start_dim", "end_dim", "size"), "shape"),
    "dtype": "dtype",
    **dict.fromkeys(("device", "map_location"), "device"),
    **dict.fromkeys(("shuffle", "generator"), "random"),
    **dict.fromkeys(("batch_size", "drop_last"), "passes"),
    "requires_grad": "gradients",
}


_KIND_OF_CALL: Final = {
    **dict.fromkeys(("eval", "train"), "mode"),
    **dict.fromkeys(("zero_grad", "backward", "detach", "no_grad", "inference_mode"), "gradients"),
    **dict.fromkeys(("step", "load_state_dict"), "changes"),
    **dict.fromkeys(("seed", "manual_seed"), "random"),
    **dict.fromkeys(("clone", "copy", "deepcopy", "contiguous", "from_numpy"), "memory"),
    **dict.fromkeys(("flatten", "reshape", "view", "squeeze", "unsqueeze", "permute"), "shape"),
    **dict.fromkeys(("float", "double", "long", "int", "half", "type"), "dtype"),
    **dict.fromkeys(("to", "cpu", "cuda"), "device"),
    **dict.fromkeys(("item", "tolist", "numpy", "tensor", "as_tensor"), "type"),
}


def kind_of_call(name: str) -> str:
    return _KIND_OF_CALL.get(name, "values")


def kind_of_keyword(name: str | None) -> str:
    return _KIND_OF_KEYWORD.get(name or "", "values")
