"""Exceptions that beginners meet, explained; and which of their texts a student may be shown.

An exception's text is written by the student's process: it could carry the hidden inputs. So after
a hidden question it is never quoted: a student reads the exception's name and, where the text is
known here, what it means, in our words. On the public draw, where nothing is hidden, texts that
match one of these patterns are quoted too; others are for the TA. No pattern may hold `.*`.
"""

from __future__ import annotations

import builtins
import re
from dataclasses import dataclass

from autograder.expect.printable import printable
from autograder.namespace.failures import StudentError

_SIZE = r"-?[0-9]{1,5}"
_SIZES = rf"\[(?:{_SIZE}(?:, {_SIZE}){{0,4}})?\]"
_DTYPE = r"(?:Float|Double|Long|Int|Half|Byte|Bool|Short|Char|BFloat16)"
_C_TYPE = (
    r"(?:float|double|long int|int|short|signed char|unsigned char|bool|c10::(?:Half|BFloat16))"
)
_NAME = r"[A-Za-z_]{1,32}"
_DEVICE = r"[a-z]{2,8}(?::[0-9]{1,2})?"
_TENSOR_TYPE = r"torch\.(?:[a-z]{2,8}\.)?[A-Z][A-Za-z0-9]{2,8}Tensor"
_WORD = (
    r"'(?:Tensor|NoneType|int|float|bool|list|tuple|dict|set|str|function|Module|module|type|"
    r"ndarray|numpy\.ndarray|DataLoader|Linear|Sequential|NeuralNetwork)'"
)
_KIND = r"(?:tuple of |list of )?[A-Za-z_.]{1,32}"
_PICKLED = r"'(?:generator|module|function|_thread\.lock|_io\.TextIOWrapper)'"

_DEVICES_DIFFER = (
    "The tensors of this step lie on different devices. What does .device say of each?"
)
_NOT_AT_THIS_INDEX = "There is nothing at this index. How many axes and places has the thing there?"
_NO_ATTRIBUTE = "What stands before the dot has nothing of this name. What is its type(...)?"


@dataclass(frozen=True, slots=True)
class KnownError:
    """A pattern of whole exception texts, and what it means in plain words."""

    pattern: re.Pattern[str]
    meaning: str


def _known(pattern: str, meaning: str) -> KnownError:
    return KnownError(re.compile(pattern, re.DOTALL), meaning)


KNOWN_ERRORS = (
    _known(
        rf"mat1 and mat2 shapes cannot be multiplied \({_SIZE}x{_SIZE} and {_SIZE}x{_SIZE}\)",
        "In a matrix product the second size of the left must equal the first size of the right.",
    ),
    _known(
        rf"The size of tensor a \({_SIZE}\) must match the size of tensor b \({_SIZE}\) at "
        rf"non-singleton dimension {_SIZE}",
        "Two tensors of these shapes cannot meet element by element. Is that the right step?",
    ),
    _known(
        r"element 0 of tensors does not require grad and does not have a grad_fn",
        "backward() was called on a loss that no parameter led to: was it made under no_grad, "
        "or from argmax?",
    ),
    _known(
        r"Trying to backward through the graph a second time \(or directly access saved tensors "
        r"after they have already been freed\)\. Saved intermediate values of the graph are freed "
        r"when you call \.backward\(\) or autograd\.grad\(\)\. Specify retain_graph=True if you "
        r"need to backward through the graph a second time or if you need to access saved tensors "
        r"after calling backward\.",
        "backward() was called twice on one loss: compute the loss anew for each step.",
    ),
    _known(
        r"Can't call numpy\(\) on Tensor that requires grad\. "
        r"Use tensor\.detach\(\)\.numpy\(\) instead\.",
        "NumPy cannot follow gradients: stay in PyTorch.",
    ),
    _known(
        rf"Expected floating point type for target with class probabilities, got {_DTYPE}",
        "The loss got something of another form than logits of shape (N, classes).",
    ),
    _known(
        rf"expected scalar type {_DTYPE} but found {_DTYPE}|"
        rf"expected m1 and m2 to have the same dtype, but got: {_C_TYPE} != {_C_TYPE}|"
        rf"mat1 and mat2 must have the same dtype, but got {_DTYPE} and {_DTYPE}",
        "Two tensors have different dtypes.",
    ),
    _known(
        rf"expected target dtype to be Long or Byte, but got {_DTYPE}",
        "Cross entropy wants labels as whole numbers, int64.",
    ),
    _known(
        rf"Expected input batch_size \({_SIZE}\) to match target batch_size \({_SIZE}\)\.",
        "The loss got logits and labels of different numbers of images.",
    ),
    _known(
        rf"a Tensor with {_SIZE} elements cannot be converted to Scalar|"
        r"only one element tensors can be converted to Python scalars",
        "Only a tensor of one element can become a number.",
    ),
    _known(
        r"Boolean value of Tensor with more than one value is ambiguous",
        "A step asks for one truth value, and this tensor has many elements. Which step is it?",
    ),
    _known(
        rf"result type {_DTYPE} can't be cast to the desired output type {_DTYPE}",
        "An in-place operation cannot change a tensor's dtype: make a new tensor.",
    ),
    _known(
        rf"Expected all tensors to be on the same device(?:, but (?:"
        rf"found at least two devices, {_DEVICE} and {_DEVICE}!|"
        rf"got {_NAME}[0-9]? is on {_DEVICE}, different from other tensors on {_DEVICE})"
        rf"(?: \(when checking argument (?:for argument {_NAME}[0-9]? )?in method {_NAME}\))?)?\.?",
        _DEVICES_DIFFER,
    ),
    _known(
        rf"Tensor on device {_DEVICE} is not on the expected device {_DEVICE}!",
        _DEVICES_DIFFER,
    ),
    _known(
        rf"Input type \({_TENSOR_TYPE}\) and (?:weight|bias) type \({_TENSOR_TYPE}\) should be the "
        r"same(?: or input should be a MKLDNN tensor and (?:weight|bias) is a dense tensor)?|"
        rf"indices should be either on cpu or on the same device as the indexed tensor "
        rf"\({_DEVICE}\)",
        _DEVICES_DIFFER,
    ),
    _known(
        rf"can't convert {_DEVICE} device type tensor to numpy\. Use Tensor\.cpu\(\) to copy the "
        r"tensor to host memory first\.",
        "NumPy works on the CPU only.",
    ),
    _known(
        r"Torch not compiled with (?:CUDA|MPS|XPU) enabled|"
        r"Found no NVIDIA driver on your system\. Please check that you have an NVIDIA GPU and "
        r"installed a driver from http://www\.nvidia\.com/Download/index\.aspx|"
        r"(?:CUDA|MPS|XPU) error: invalid device ordinal",
        "The code asks for a device that is not there.",
    ),
    _known(
        rf"(?:CUDA|MPS|XPU) out of memory\. GPU {_SIZE} has a total capacity of "
        r"[0-9]{1,3}\.[0-9]{2} GiB of which 0 bytes is free\.",
        "That GPU has no room left. Is it the very one that was asked for?",
    ),
    _known(
        rf"Expected a '{_DEVICE}' device type for generator but found '{_DEVICE}'",
        "A generator draws on its own device only.",
    ),
    _known(
        r"Attempting to deserialize object on a (?:CUDA|MPS|XPU) device but "
        r"torch\.(?:cuda|mps|xpu)\.is_available\(\) is False\. If you are running on a CPU-only "
        r"machine, please use torch\.load with map_location=torch\.device\('cpu'\) to map your "
        r"storages to the CPU\.",
        "The file was saved on a device that is not there: torch.load can be told where to put it.",
    ),
    _known(
        rf"stack expects each tensor to be equal size, but got {_SIZES} at entry {_SIZE} and "
        rf"{_SIZES} at entry {_SIZE}",
        "stack needs equal sizes; the last batch may be smaller.",
    ),
    _known(
        rf"Sizes of tensors must match except in dimension {_SIZE}\. Expected size {_SIZE} but got "
        rf"size {_SIZE} for tensor number {_SIZE} in the list\.",
        "cat needs equal sizes in all other dimensions.",
    ),
    _known(
        rf"Dimension out of range \(expected to be in range of \[{_SIZE}, {_SIZE}\], "
        rf"but got {_SIZE}\)",
        "The tensor has fewer axes than the code asks for. Which shapes may come?",
    ),
    _known(
        r"view size is not compatible with input tensor's size and stride \(at least one dimension "
        r"spans across two contiguous subspaces\)\. Use \.reshape\(\.\.\.\) instead\.",
        "view() needs values that lie in order; a transposed tensor's do not.",
    ),
    _known(
        rf"mean\(\): could not infer output dtype\. Input dtype must be either a floating point or "
        rf"complex dtype\. Got: {_DTYPE}",
        "A mean of whole numbers has no dtype: make them floats first.",
    ),
    _known(
        rf"shape '{_SIZES}' is invalid for input of size {_SIZE}",
        "The number of elements does not fit the new shape.",
    ),
    _known(
        rf"{_WORD} object is not (?:callable|iterable|subscriptable)",
        "A value is used as something that it is not.",
    ),
    _known(
        rf"{_WORD} object has no attribute '{_NAME}'",
        _NO_ATTRIBUTE,
    ),
    _known(
        rf"(?=.{{1,140}}\Z)(?:{_NAME}\.)?{_NAME}\(\) (?:"
        rf"missing {_SIZE} required positional arguments?: "
        rf"'{_NAME}'(?:(?:,|,? and) '{_NAME}'){{0,5}}|"
        rf"takes (?:from {_SIZE} to )?{_SIZE} positional arguments? but {_SIZE} (?:was|were) given|"
        rf"got an unexpected keyword argument '{_NAME}')",
        "A function is called with more or fewer arguments than it takes. Which call is it?",
    ),
    _known(
        rf"name 'tiny_{_NAME}' is not defined",
        "This name belongs to a check. By which name does your function get what it works on?",
    ),
    _known(rf"name '{_NAME}' is not defined", "A name is used that nothing has defined."),
    _known(
        rf"cannot access local variable '{_NAME}' where it is not associated with a value",
        "A name of this function is used before it has a value.",
    ),
    _known(
        rf"list index out of range|tuple index out of range|"
        rf"index {_SIZE} is out of bounds for (?:dimension|axis) {_SIZE} with size {_SIZE}",
        _NOT_AT_THIS_INDEX,
    ),
    _known(
        rf"too many indices for tensor of dimension {_SIZE}",
        "The tensor has fewer axes than the code asks for. Which shapes may come?",
    ),
    _known(
        rf"too many values to unpack \(expected {_SIZE}(?:, got {_SIZE})?\)|"
        rf"not enough values to unpack \(expected {_SIZE}, got {_SIZE}\)|"
        r"cannot unpack non-iterable (?:int|float|NoneType|function|DataLoader) object",
        "There are more or fewer things here than names on the left. Which shapes may come?",
    ),
    _known(r"division by zero", "Something was divided by zero."),
    _known(
        rf"torch\.nn\.modules\.[a-z]{{1,20}}\.{_NAME} is not a Module subclass",
        "Each part of a network is a layer that was made. Which of yours is only the class?",
    ),
    _known(
        rf"(?:{_NAME}\.)?{_NAME}\(\) got multiple values for argument '{_NAME}'",
        "One argument is given twice, by its place and by its name. What does each place mean?",
    ),
    _known(
        rf"unsupported operand type\(s\) for [-+*/%@]{{1,2}}=?: {_WORD} and {_WORD}|"
        rf"'[<>]=?' not supported between instances of {_WORD} and {_WORD}|"
        rf"can't multiply sequence by non-int of type {_WORD}|"
        rf"can only concatenate {_NAME} \(not \"{_NAME}\"\) to {_NAME}",
        "Two things of these kinds cannot be put together so. What is each of them?",
    ),
    _known(
        rf"{_NAME}\(\): argument '{_NAME}' (?:\(position {_SIZE}\) )?must be "
        rf"{_KIND}, not {_KIND}|"
        rf"expected Tensor as element {_SIZE} in argument {_SIZE}, but got {_NAME}|"
        rf"{_NAME}\(\): argument '{_NAME}' \(position {_SIZE}\) must be {_KIND}, but found "
        rf"element of type {_NAME} at pos {_SIZE}",
        "A step of torch wants something of another kind. What is type(...) of what it gets?",
    ),
    _known(
        rf"{_NAME}\(\): Expected reduction dim to be specified for input\.numel\(\) == 0\. Specify "
        r"the reduction dim with the 'dim' argument\.",
        "This tensor has no elements. What should come out for it?",
    ),
    _known(
        r"grad can be implicitly created only for scalar outputs",
        "backward() begins at one number. How many elements has your loss?",
    ),
    _known(
        r"a (?:view of a )?leaf Variable that requires grad is being used in an in-place "
        r"operation\.",
        "A tensor that requires a gradient is changed in place. Which step does that?",
    ),
    _known(
        r"optimizer got an empty parameter list",
        "The optimizer was given no parameters. What does your model hold?",
    ),
    _known(
        rf"Target {_SIZE} is out of bounds\.",
        "A label is larger than the last class. How many classes have your logits?",
    ),
    _known(
        r"Dataset not found\. You can use download=True to download it",
        "The files are not all there, and nothing was downloaded. What decides about that?",
    ),
    _known(
        rf"expected sequence of length {_SIZE} at dim {_SIZE} \(got {_SIZE}\)",
        "The rows of this list are not all equally long.",
    ),
    _known(
        rf"cannot pickle {_PICKLED} object",
        "Such an object cannot be written to a file: save plain data, such as a state_dict.",
    ),
)


def meaning_of(message: str) -> KnownError | None:
    """The known error whose pattern is the whole of this text, or None."""
    if len(message) > 400:
        return None
    return next((known for known in KNOWN_ERRORS if known.pattern.fullmatch(message)), None)


_MEANINGS_OF_KINDS = {
    "TypeError": "A step gets things of another kind, or more or fewer, than it takes. What is "
    "each?",
    "ValueError": "A step gets a value or a size that it cannot take. What does it get here?",
    "RuntimeError": "PyTorch refuses this step with what it gets here. What does the step take?",
    "IndexError": _NOT_AT_THIS_INDEX,
    "KeyError": "There is nothing under this key. Which keys are there?",
    "AttributeError": _NO_ATTRIBUTE,
    "FileNotFoundError": "There is no file at this path. Which step should have made it?",
    "RecursionError": "A function calls itself again and again. Where should that end?",
    "AssertionError": "A condition of yours does not hold here. Must it, by the text?",
}


def meaning_of_kind(name: str) -> str | None:
    """What an exception of this name says, whatever its text; None where that is nothing."""
    kinds = getattr(getattr(builtins, name, None), "__mro__", ())
    names = (name, *(kind.__name__ for kind in kinds))
    return next((_MEANINGS_OF_KINDS[one] for one in names if one in _MEANINGS_OF_KINDS), None)


_OTHER_NAMES = ("OutOfMemoryError", "AcceleratorError", "PicklingError", "UnpicklingError")


def exception_name(name: str) -> str:
    """An exception's name if Python or torch know it: another name is the student's own text."""
    kind = getattr(builtins, name, None)
    if isinstance(kind, type) and issubclass(kind, BaseException):
        return name
    return name if name in _OTHER_NAMES else "an exception of its own"


def said_of_error(problem: StudentError) -> str:
    """An exception of the student's code by its name, and its message where that cannot be the
    student's own words.
    """
    name = exception_name(problem.type_name)
    known = meaning_of(problem.message) is not None
    return f"{name}: {printable(problem.message, 200)}" if known else name
