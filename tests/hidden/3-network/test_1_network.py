"""Hidden checks of 3-network, first part: flattening, the network itself, counting its parameters.

The files are numbered in the order of the notebook, for reading.

Weights, biases and pixels are drawn so that float32 computes with them exactly: pixels are 0 or
1, weights multiples of 1/4 or 1/16, biases odd multiples of finer fractions, so that no input of a
ReLU is 0. So a right answer gives the same numbers in whichever order it adds them, and the flake
rate is 0.
"""

import math
from functools import partial
from types import SimpleNamespace

import torch

from autograder.checks import (
    Handle,
    check,
    closer_look,
    define,
    expect,
    fairly,
    fetch,
    hints,
    keep,
    number_of,
    put,
    real_numbers,
    require,
    shown_by,
    tools,
    type_names,
)

RIGHT_FLATTEN = tools(__file__, "right_flatten_images")


def distance(result, expected):
    """How far apart two tensors are, for their size, to choose a hint by; inf where they do not
    have one shape.
    """
    numbers = real_numbers(result, expected.shape)
    if numbers is None:
        return math.inf
    right = expected.detach().double()
    return float((numbers - right).abs().max() / (1 + right.abs().max()))


NEAR = 1e-3

ONE_ROW = "Try a batch of one image, and print the shape after each step. Which axis is gone?"
ALL_AXES = "The axis of the batch stays as it is. Which axes of X become one in your code?"
MORE_AXES = "Your result has more than two axes. Which axes of X should become one?"
LOST = "Some images have no row in your result. Which ones, and at which step do they get lost?"
ROWS = "Try a batch of 3 images. How many rows does your result have, and what is in the first one?"
PIXELS = "How many numbers does each of your rows have, and how many pixels has an image?"
ORDER = (
    "Each row has the pixels of its image, in another order. Compare with the table: line by line."
)
OTHER_ROWS = "Each image has its row, but not in the place of the image. Which row comes first?"
MIXED = "Look at one row of your result: do all its numbers come from one image?"
NUMBERS = "Flattening only rearranges. Are the numbers of a row those of its image?"
OTHER_DTYPE = (
    "Try images of the dtype that is expected, and print the dtype after each step. Which step "
    "changes it?"
)
CHANGED_X = "Which line of yours writes into X itself, or gives X another shape?"


def compare_rows(result, expected, name, numbers=lambda: NUMBERS, **tolerance):
    """Compares; whether the numbers are others, or only their order, tells the hint."""
    with hints(
        shape=lambda: why_other_shape(result, expected),
        dtype=OTHER_DTYPE,
        values=lambda: why_other_rows(result, expected, numbers),
    ):
        expect(result, expected, name=name, **tolerance)


def why_other_shape(result, expected):
    """The hint for rows of another shape, by its axes."""
    if not isinstance(result, torch.Tensor):
        return None
    if result.dim() != 2:
        if result.dim() > 2:
            return MORE_AXES
        return ONE_ROW if len(expected) == 1 else ALL_AXES
    rows, numbers = result.shape
    if numbers == 784:
        return LOST if rows < len(expected) else ROWS
    return PIXELS if rows == len(expected) else ROWS


def why_other_rows(result, expected, numbers):
    """The hint for rows of other values: `numbers` gives it where they are not the images'."""
    mine, right = real_numbers(result, expected.shape), expected.double()
    if mine is None or mine.layout is not torch.strided:
        return None
    if not torch.equal(mine.flatten().sort()[0], right.flatten().sort()[0]):
        return numbers()
    rows, images = mine.sort(dim=1)[0], right.sort(dim=1)[0]
    if torch.equal(rows, images):
        return ORDER
    return OTHER_ROWS if sorted(rows.tolist()) == sorted(images.tolist()) else MIXED


@check("flatten_images", weight=3, part="idea")
def test_gives_a_row_of_784_pixels_for_each_image(student, solution, rng):
    X = rng.images(rng.integer(20, 40))
    result = student.flatten_images(X)
    compare_rows(result, solution.flatten_images(X), "flatten_images(X)", rtol=0.02, atol=0.01)


KEPT_NUMBERS = (
    "Three batches are flattened, one after the other. Does each result still hold the numbers of "
    "its own batch?"
)


@check("flatten_images", part="contract")
def test_keeps_a_batch_of_any_size(student, solution, rng):
    flatten_images = student.flatten_images
    batches = [rng.images(count) for count in (rng.integer(5, 8), 1, rng.integer(130, 200))]
    kept = [put(student, X) for X in batches]
    # What one call gives must stand after the next one.
    results = [keep(flatten_images, X) for X in kept]
    for X, mine, result in zip(batches, kept, results, strict=True):
        name = f"flatten_images(X) with a batch of {len(X)}"
        right = solution.flatten_images(X)
        numbers = partial(why_other_numbers, flatten_images, X, right)
        compare_rows(fetch(result), right, name, numbers, rtol=0.02, atol=0.01)
        expect(fetch(mine), X, name=f"X after {name}", hint=CHANGED_X)


def why_other_numbers(flatten_images, X, right):
    """The hint for other numbers than the images': whether a batch by itself is flattened right."""
    return shown_by((lambda: flatten_images(X), right, NUMBERS), other=KEPT_NUMBERS)


@check("flatten_images", part="contract")
def test_keeps_the_dtype_and_leaves_the_images_as_they_were(student, solution, rng):
    # Thirds, which no float32 holds, bytes, and whole numbers that are too large for a float32.
    bytes_of_pixels = rng.integers(0, 256, 4, 1, 28, 28).byte()
    large = rng.integers(2**30, 2**31, 2, 1, 28, 28)
    others = bytes_of_pixels > 99, rng.images(3).half()
    for X in (rng.images(3).double() / 3, bytes_of_pixels, large, *others):
        kept = put(student, X)
        result = student.flatten_images(kept)
        name = f"flatten_images(X) of {str(X.dtype).removeprefix('torch.')} images"
        compare_rows(result, solution.flatten_images(X), name, rtol=0.0, atol=0.0)
        expect(fetch(kept), X, name="X after flatten_images(X)", hint=CHANGED_X)


NETWORK = tools(__file__, "gradients_on", "notebook_network")

# Of the three linear layers: (weight, bias), as PyTorch shapes them.
LAYERS = (((512, 784), (512,)), ((512, 512), (512,)), ((10, 512), (10,)))

BEGIN_THERE = "If other checks of NeuralNetwork fail too, begin with those."


def new_network(space):
    """A network of the notebook's class, and the tools for it."""
    tools = define(space, NETWORK)
    model = tools.make(space.NeuralNetwork)
    # unneeded: what is no Module fails below as well, but without these words
    require(
        isinstance(model, Handle) and "torch.nn.modules.module.Module" in type_names(model),
        "NeuralNetwork() is not an nn.Module.",
        hint="Of which class must yours be a kind, to have parameters() and to be callable?",
    )
    return SimpleNamespace(tools=tools, model=model)


def why_not_six(net, shapes):
    """The hint for a network that has another number of parameter tensors."""
    in_lists, in_class = net.tools.out_of_sight(net.model)
    if in_lists is True:
        return "nn.Module does not look into a plain list. Which list of torch.nn is for layers?"
    if in_class is True:
        return "Layers belong to each network, not to the class. In which method are they made?"
    if len(shapes) > 6:
        return (
            "Print the names in named_parameters(). Which of them are not of the three layers that "
            "the docstring names?"
        )
    if not shapes:
        return "list(NeuralNetwork().parameters()) is empty. When are layers made, and where kept?"
    return "Print the names in named_parameters(). Which weight or bias is missing?"


def shapes_of(net):
    """The shape of each parameter of the network, by name."""
    shapes = net.tools.shapes(net.model)
    # unneeded: only an answer that replaces named_parameters() gives anything else
    require(isinstance(shapes, dict), "The parameters of NeuralNetwork() cannot be read.")
    return {str(name): shape for name, shape in shapes.items()}


def layers_of(net):
    """The names and shapes of each layer's weight and bias, of the first layer first.

    Whatever the number of hidden numbers, and with or without biases, whose name is None then: what
    sizes cost is the matter of one check alone.
    """
    shapes = shapes_of(net)
    inputs, layers = 784, []
    while inputs != 10 and len(layers) < 4:
        taken = [layer[0] for layer in layers]
        fitting = [
            name
            for name, shape in shapes.items()
            if len(shape) == 2 and shape[1] == inputs and name not in taken
        ]
        # The last layer where there is nothing else, for a hidden one may have as many inputs.
        fitting.sort(key=lambda name: shapes[name][0] == 10)
        require(
            bool(fitting) and fitting[0].endswith("weight"),
            f"NeuralNetwork() has no nn.Linear that takes {inputs} numbers where one should be.",
            hint=why_no_layer(net, shapes, fitting),
        )
        weight = fitting[0]
        bias = weight.removesuffix("weight") + "bias"
        inputs = shapes[weight][0]
        layers.append((weight, bias if shapes.get(bias) == (inputs,) else None, shapes[weight]))
    require(
        len(layers) == 3,
        f"NeuralNetwork() has {len(layers)} nn.Linear from the pixels to the logits, expected 3.",
        hint="Count your linear layers. How many does the docstring name?",
    )
    return layers


def why_no_layer(net, shapes, fitting):
    """The hint where no weight takes the numbers; `fitting` have its shape, by another name."""
    if len(shapes) != 6:
        return why_not_six(net, shapes)
    if fitting:
        return "Which kind of layer does the docstring name?"
    return "Print the shapes of your weights. How many numbers does each layer take and give?"


def draw_numbers(rng):
    """For each layer, the numbers to fill its weight and its bias with, over and over again.

    Prime lengths, so that no two rows of a weight are the same. The hidden numbers spread over
    some -10 to 10: far enough to tell ReLU from what is cut off above or bent around 0.
    """
    numbers = []
    step = 1
    for parts in (4, 16, 16):
        step *= 2 * parts
        weight = rng.integers(-1, 2, 1009) / parts
        bias = (2 * rng.integers(-step // 2, step // 2, 523) + 1) / step
        numbers.append((weight.float(), bias.float()))
    return numbers


def own_weights(numbers, layers):
    """The judge's own (weight, bias) of each of the student's layers, filled with these numbers."""
    return [
        (filled(weight, shape), filled(bias if has_bias else torch.zeros(1), shape[:1]))
        for (weight, bias), (_, has_bias, shape) in zip(numbers, layers, strict=True)
    ]


def filled(numbers, shape):
    count = torch.Size(shape).numel()
    return numbers.repeat(-(-count // len(numbers)))[:count].reshape(shape)


def own_logits(weights, X, relus=(True, True, False)):
    """784-512-512-10 with ReLU between, in the judge's own hand; `relus`: after which layers."""
    x = X.flatten(1)
    for (weight, bias), has_relu in zip(weights, relus, strict=True):
        x = x @ weight.T + bias
        x = torch.relu(x) if has_relu else x
    return x


def black_and_white(rng, count):
    return (rng.images(count) > 0.5).float()


def fill(net, numbers):
    """Puts drawn numbers into the student's network; its layers, see `layers_of`."""
    layers = layers_of(net)
    of_tensors = dict[str, torch.Tensor]()
    for (weight, bias, _), (weight_numbers, bias_numbers) in zip(layers, numbers, strict=True):
        of_tensors[weight] = weight_numbers
        if bias:
            of_tensors[bias] = bias_numbers
    net.tools.fill(net.model, of_tensors)
    return layers


@check("NeuralNetwork", part="contract")
def test_has_the_parameters_of_three_linear_layers(student):
    def look():
        net = new_network(student)
        shapes = shapes_of(net)
        require(
            len(shapes) == 6,
            f"NeuralNetwork() has {len(shapes)} parameter tensors, expected 6: a weight and a bias "
            "for each of three linear layers.",
            hint=None if len(shapes) == 6 else why_not_six(net, shapes),
        )
        for (weight, bias, shape), (right, _) in zip(layers_of(net), LAYERS, strict=True):
            require(
                shape == right,
                f"NeuralNetwork() has no nn.Linear from {right[1]} to {right[0]} numbers.",
                hint="Print your layers beside the docstring. Which one has other sizes?",
            )
            require(
                bias is not None and weight.endswith("weight"),
                "A linear layer of NeuralNetwork() has no bias, or is not an nn.Linear.",
                hint="Which layers does the docstring ask for?",
            )

    fairly(student, RIGHT_FLATTEN, look)


@check("NeuralNetwork", part="contract")
def test_gives_each_image_ten_numbers_of_its_own(student, rng):
    # More than the 64 digits of the notebook.
    size = rng.integer(65, 100)
    X = rng.images(size)
    # The same image but for its pixels below 0, as normalized images have them, or above 1.
    X[1] = torch.where(X[0] > 0.5, X[0], -4 * X[0])
    X[0] = X[1].clamp(min=0)
    X[3] = 2 * X[2]
    X[2] = X[3].clamp(max=1)

    def look():
        model = new_network(student).model
        kept = put(student, X)
        rows = logits_of(model, kept, size)
        same = bool((rows[0] - rows[4:]).abs().amax(dim=1).eq(0).any())
        # unneeded: who gives all the same numbers fails below too, but this says so in better words
        require(
            not same,
            "Different images get the same numbers from NeuralNetwork()(x).",
            hint="Print the logits of two different images in a new network. What do they depend "
            "on?",
        )
        below = "Where on the way does a pixel of -1 become the same as one of 0?"
        above = "Where on the way does a pixel of 2 become the same as one of 1?"
        for one, other, pixels, hint in ((0, 1, "below 0", below), (2, 3, "above 1", above)):
            require(
                bool((rows[one] != rows[other]).any()),
                "NeuralNetwork()(x) gives the same numbers for two images that differ only in "
                f"their pixels {pixels}.",
                hint=hint,
            )
        expect(
            fetch(kept),
            X,
            name="x after NeuralNetwork()(x)",
            hint="Which line of forward writes into x itself, or gives x another shape?",
        )
        others = logits_of(new_network(student).model, X, size)
        # unneeded: in how many of the ten logits two networks differ at least is open
        require(
            bool((rows != others).any(dim=0).all()) and bool((rows[:, :1] != rows[:, 1:]).any()),
            "Two networks that were just made, or two logits of one, give the same numbers.",
            hint=why_alike(rows),
        )
        for count in (5, 1):
            hint = (
                "The same images got other logits in another batch. Do these depend on the rest of "
                "the batch, or on chance?"
            )
            expect(
                logits_of(model, X[:count], count),
                rows[:count],
                name=f"NeuralNetwork()(x) of the first {count} of {size} images",
                hint=hint,
                rtol=1e-3,
                atol=1e-4,
            )

    fairly(student, RIGHT_FLATTEN, look)


def why_alike(rows):
    """The hint where the ten logits of each image are one number, or two networks give the same."""
    if torch.equal(rows, rows[:, :1].expand_as(rows)):
        return "The ten logits of an image are all alike. Which numbers are in a new network?"
    return "Make two networks, and print a weight of each. Do they begin with different numbers?"


def form_of(logits, count):
    """The hints for logits of another form."""
    return {
        "shape": partial(why_other_form, logits, count),
        "dtype": "Which dtype does the docstring name for the logits?",
        "type": "What does forward give back: one tensor of logits, or something else?",
    }


NO_LOGITS = "Some images get no logits. Which ones, and at which step do they get lost?"
OTHER_WAY = (
    'The notebook\'s picture, "the way of a batch", has a shape after each step. Where does yours '
    "leave it?"
)


def why_other_form(logits, count):
    """The hint for logits of another shape than (count, 10), by their axes."""
    if not isinstance(logits, torch.Tensor):
        return None
    if logits.dim() == 2 and logits.shape[1] == 10 and len(logits) < count:
        return NO_LOGITS
    return ONE_ROW if count == 1 and logits.dim() < 2 else OTHER_WAY


def logits_of(model, X, count):
    """What the student's network gives for so many images, in the right form."""
    logits = model(X)
    name = f"NeuralNetwork()(x) with a batch of {count}"
    form = logits
    if isinstance(logits, torch.Tensor):
        # unneeded: NaN and inf fail in what is done with them, but here it is said in these words
        require(
            not logits.is_floating_point() or bool(logits.isfinite().all()),
            f"{name} has values that are NaN or infinite.",
        )
        form = torch.zeros_like(logits.detach())
    with hints(**form_of(logits, count)):
        expect(form, torch.zeros(count, 10), name=name)
    return logits.detach()


@check("NeuralNetwork", weight=2, part="idea")
def test_computes_784_512_512_10_with_relu_between(student, rng):
    numbers = [draw_numbers(rng), draw_numbers(rng)]
    X = black_and_white(rng, 6)

    def look():
        net = new_network(student)
        for each in numbers:
            weights = own_weights(each, fill(net, each))
            right = own_logits(weights, X)
            net.model.train()
            actual = net.model(X)
            hint = partial(why_other_logits, net, actual, weights, X)
            compare_logits(actual, right, "in training mode", hint)
        net.model.eval()
        hint = "In training mode the logits were right. What is different in evaluation mode?"
        compare_logits(net.model(X), right, "in evaluation mode", hint)

    fairly(student, RIGHT_FLATTEN, look)


@check("NeuralNetwork", part="details")
def test_computes_to_the_last_digit(student, rng):
    numbers = draw_numbers(rng)
    X = black_and_white(rng, 6)

    def look():
        net = new_network(student)
        right = own_logits(own_weights(numbers, fill(net, numbers)), X)
        actual = net.model(X)
        # unneeded: what is far off is not right to the last digit either, but this says how far
        compare_logits(actual, right, "in training mode", BEGIN_THERE)
        expect(
            detached(actual),
            right,
            name="NeuralNetwork()(x) with weights that the check has set",
            hint="They are near, but not the same. What is done on the way, besides linear layers "
            "and ReLU?",
            rtol=1e-4,
            atol=1e-4,
        )
        # Pixels of 0 and 255, as an image has them that nobody has scaled.
        large = own_logits(own_weights(numbers, fill(net, numbers)), 255 * X)
        expect(
            detached(net.model(255 * X)),
            large,
            name="NeuralNetwork()(x) of images with pixels up to 255",
            hint="What is done to large numbers on the way, besides linear layers and ReLU?",
            rtol=0.01,
            atol=0.001 * float(large.abs().max()),
        )

    fairly(student, RIGHT_FLATTEN, look)


def compare_logits(actual, right, mode, hint):
    """Compares with what the student's own weights give; the graph has a check of its own."""
    with hints(**form_of(actual, len(right)), values=hint):
        expect(
            detached(actual),
            right,
            name=f"NeuralNetwork()(x) with weights that the check has set, {mode},",
            rtol=0.01,
            atol=0.01,
        )


FEWER_RELUS = (False, False, False), (True, False, False), (False, True, False)
TOO_FEW = "These are the logits of a network with too few ReLUs. After which layers does one come?"
AFTER_THE_LAST = "What does forward do with the numbers that the last linear layer gives?"
STEPS = (
    "Write down each step of forward, in order. Where does this list differ from what the "
    "docstring names?"
)
OTHER_EACH_TIME = (
    "Asked twice for the same images, your network gives different logits in training mode. What "
    "changes from one call to the next?"
)


def why_other_logits(net, actual, weights, X):
    """The hint for other logits: what else these weights can give, and whether it came back."""
    if any(distance(actual, own_logits(weights, X, relus)) < NEAR for relus in FEWER_RELUS):
        return TOO_FEW
    logits = own_logits(weights, X)
    bent = torch.relu(logits), torch.sigmoid(logits), torch.tanh(logits)
    shared = torch.softmax(logits, dim=1), torch.log_softmax(logits, dim=1)
    if any(distance(actual, other) < NEAR for other in (*bent, *shared)):
        return AFTER_THE_LAST
    if not bool(actual.isfinite().all()):
        return STEPS
    again = (lambda: detached(net.model(X)), detached(actual), OTHER_EACH_TIME)
    return shown_by(again, other=STEPS)


def detached(result):
    return result.detach() if isinstance(result, torch.Tensor) else result


@check("NeuralNetwork", part="idea")
def test_ends_with_the_last_layer_and_gives_logits(student, rng):
    # Whatever comes before: what the last linear layer gives grows with its weights, and turns
    # with their sign. Probabilities don't, nor does what an activation function gives.
    numbers = draw_numbers(rng)
    X = black_and_white(rng, 7)
    factor = -float(rng.integer(2, 6))

    def look():
        net = new_network(student)
        last = [name for name in fill(net, numbers)[-1][:2] if name]
        before = logits_of(net.model, X, len(X))
        net.tools.scale(net.model, last, factor)
        after = logits_of(net.model, X, len(X))
        sums = before.sum(dim=1)
        # unneeded: probabilities don't grow with the weights either, but this says what they are
        require(
            not torch.allclose(sums, torch.ones(len(X)), atol=1e-3),
            "The numbers that NeuralNetwork()(x) gives for an image sum to 1: they are "
            "probabilities, not logits.",
            hint="What does forward do last?",
        )
        # unneeded: what comes after the last layer shows below too, but this says how it shows
        require(
            bool((before < 0).any()) and bool((before > 0).any()),
            "NeuralNetwork()(x) gives only positive or only negative numbers; logits are both.",
            hint="What does forward do last, and which numbers can come out of that?",
        )
        expect(
            after,
            factor * before,
            name="NeuralNetwork()(x) with the weights of the last layer multiplied",
            hint=BEGIN_THERE + " If not: is what the last linear layer gives returned as it is?",
            rtol=0.01,
            atol=0.01,
        )

    fairly(student, RIGHT_FLATTEN, look)


SHARED = "Make two networks and change one: the other changes too. When are the layers made?"
NOT_RECORDED = BEGIN_THERE + " If not: which step of forward changes what flows back?"


@check("NeuralNetwork", weight=2, part="idea")
def test_each_network_learns_by_gradients_of_its_own(student, rng):
    numbers, others = draw_numbers(rng), draw_numbers(rng)
    X = black_and_white(rng, 5)
    direction = rng.integers(-3, 4, 5, 10).float()

    def look():
        net, another = new_network(student), new_network(student)
        layers = fill(net, numbers)
        fill(another, others)
        expected = own_gradients(own_weights(numbers, layers), X, direction)
        names = [name for layer in layers for name in layer[:2]]
        gradients = net.tools.gradients(net.model, X, direction)
        # unneeded: without a dict every gradient is missing below, but this says so
        require(isinstance(gradients, dict), "The gradients of NeuralNetwork() cannot be read.")
        missing = sum(name is not None and gradients.get(name) is None for name in names)
        # unneeded: a gradient that is missing is not the right one either, but this says so
        require(
            not missing,
            f"After backward() {missing} of the parameter tensors have no gradient.",
            hint="After backward(), print p.grad for each parameter by its name. Where does the "
            "way back from the logits end?",
        )
        of_others = own_gradients(own_weights(others, layers), X, direction)
        for name, right, other in zip(names, expected, of_others, strict=True):
            if name is None:
                continue
            gradient = detached(gradients[name])
            with hints(values=SHARED if distance(gradient, other) < NEAR else NOT_RECORDED):
                expect(
                    gradient,
                    right,
                    name=f"The gradient that arrives at a {name.rpartition('.')[2]}",
                    rtol=0.02,
                    atol=0.02,
                )

    fairly(student, RIGHT_FLATTEN, look)


def own_gradients(weights, X, direction):
    """As the tool's `gradients`, of the judge's own network."""
    weights = [(weight.requires_grad_(), bias.requires_grad_()) for weight, bias in weights]
    (own_logits(weights, X) * direction).sum().backward()
    return [p.grad.flatten(1).sum(1) if p.dim() > 1 else p.grad for pair in weights for p in pair]


COUNTED = tools(__file__, "counted_networks", "model_states")


def draw_sizes(rng):
    """Three sizes, all different."""
    return tuple(rng.shuffled(range(3, 12))[:3])


NONE = "Your function gives None. Which line should hand the count to the caller?"
WHICH_TYPE = "Print type(count_parameters(model)). What does the docstring say of it?"
NOTHING = (
    "Your function gives 0 here. Follow one parameter that is trained through your lines. Where "
    "does it get lost?"
)


def require_count(student, model, count, which, why):
    """The right number, whatever its type: that has a check of its own. `why` tells the hint for
    another number.
    """
    result = student.count_parameters(model)
    got = number_of(result)
    hint = NONE if result is None else WHICH_TYPE
    # unneeded: None is not the right number either, but these are the better words for it
    require(got is not None, "count_parameters(model) did not return a number.", hint=hint)
    require(
        bool(got == count),
        f"count_parameters(model) is not the number of trained numbers {which}.",
        hint=why(got) if got else NOTHING,
    )


def why_not_all(got, count):
    """The hint for another number than that of all elements of six parameters."""
    if got == 6:
        return "6 came back, and 6 tensors are in this model. How many numbers are in each?"
    if got % 1 != 0:
        return "Your count is not a whole number. What is added for each parameter?"
    if got > count:
        return "Your count is too high. Print the name and the size of everything that you count."
    return (
        "Your count is too low. Which entries of model.named_parameters(), or which of their "
        "numbers, are not in it?"
    )


def unless_frozen_too(everything, example):
    """The hint for a model in which some is frozen: by whether that was counted too."""
    too = (
        "What is frozen was counted too. For each parameter, how does your function tell whether "
        "it is trained?"
    )
    return lambda got: too if got == everything else example


@check("count_parameters", weight=3, part="idea")
def test_counts_every_number_of_every_parameter(student, rng):
    tools = define(student, COUNTED)
    a, b, c = draw_sizes(rng)
    model = tools.of_many_kinds(a, b, c)
    count = a * b + (9 * a + 1) * b + c * a + a * b * c + 1
    # What is counted once there are gradients tells who looks at them.
    with closer_look(lambda: number_of(student.count_parameters(tools.with_gradients(a, b, c)))):
        which = "in layers of several kinds"
        require_count(student, model, count, which, lambda got: why_not_all(got, count))


@check("count_parameters", weight=2, part="idea")
def test_leaves_out_what_is_frozen(student, rng):
    tools = define(student, COUNTED)
    a, b, c = draw_sizes(rng)
    everything = (a + 1) * b + (b + 1) * c
    why = unless_frozen_too(
        everything,
        "Of nn.Linear(2, 3) and nn.Linear(3, 2), with the first one frozen, 8 numbers are trained. "
        "What does your function give?",
    )
    require_count(student, tools.frozen(a, b, c), (b + 1) * c, "where a layer is frozen", why)
    why = unless_frozen_too(
        (a + 1) * c,
        "Of nn.Linear(3, 2) with its bias frozen, 6 numbers are trained. What does your function "
        "give?",
    )
    require_count(student, tools.bias_frozen(a, c), a * c, "where a bias is frozen", why)
    example = "Of an nn.Linear(3, 2) that is all frozen, no number is trained. What do you count?"
    why = unless_frozen_too(everything, example)
    require_count(student, tools.all_frozen(a, b, c), 0, "where all is frozen", why)


@check("count_parameters", part="contract")
def test_leaves_out_buffers(student, rng):
    tools = define(student, COUNTED)
    a, b, c = draw_sizes(rng)
    count, buffers = (a + 1) * b + 4 * b, 4 * b + 2 + c
    model, which = tools.with_buffers(a, b, c), "where a model has buffers too"
    # Of the buffers all, or all but the two whole numbers, or those of one kind alone.
    some = buffers, buffers - 2, buffers - c, 4 * b, c
    require_count(
        student,
        model,
        count,
        which,
        lambda got: BUFFERS if got - count in some else NORMALIZED,
    )


BUFFERS = (
    "The buffers were counted too: numbers that no optimizer moves, such as a running mean. Which "
    "method gives the parameters only?"
)
NORMALIZED = (
    "In an nn.Sequential of nn.Linear(2, 3) and two nn.BatchNorm1d(3), 21 numbers are trained. "
    "What does your function give?"
)


@check("count_parameters", part="contract")
def test_counts_shared_parameters_once(student, rng):
    tools = define(student, COUNTED)
    a, b, _ = draw_sizes(rng)
    model = tools.shared(a, b)
    # One part is in evaluation mode, and one parameter holds a gradient.
    tools.prepare(model)
    before, modes = tools.tensors_of(model), tools.modes(model)
    gradients = tools.gradients_of(model)
    count = 2 * a * b + a + b
    which = "where layers share some"
    require_count(student, model, count, which, lambda got: TWICE if got > count else PREPARED)
    numbers = "Counting only looks. Compare model.state_dict() before and after your call."
    learning = "Counting only looks. Print requires_grad of each parameter before and after."
    with hints(values=numbers, shape=numbers, keys=numbers, requires_grad=learning):
        expect(tools.tensors_of(model), before, name="The model after count_parameters(model)")
    expect(
        tools.gradients_of(model),
        gradients,
        name="The gradients in the model after count_parameters(model)",
        hint="Counting only looks. Print p.grad of each parameter before and after your call.",
    )
    require(
        tools.modes(model) == modes,
        "The model, or a part of it, is in another mode after count_parameters(model).",
        hint="Counting only looks. Print training of each module before and after your call.",
    )


TWICE = (
    "Two layers nn.Linear(3, 3) with one and the same weight train 15 numbers. What does your "
    "function give?"
)
PREPARED = (
    "If other checks of count_parameters fail too, begin with those. This model has a layer in "
    "evaluation mode, and a weight with a gradient."
)


@check("count_parameters", part="contract")
def test_returns_an_int(student, rng):
    tools = define(student, COUNTED)
    a, b, c = draw_sizes(rng)
    with hints(type=WHICH_TYPE, values="If other checks of it fail too, begin with those."):
        expect(
            student.count_parameters(tools.layered(a, b, c)),
            (a + 1) * b + (b + 1) * c,
            name="count_parameters(model)",
        )


CLAUSES = {
    "flatten_images": [
        {
            "text": "A batch of images as rows of pixels.",
            "why_none": "the title, which the next words say in full",
        },
        {
            "text": "tensor (N, 1, 28, 28) of any dtype",
            "checks": ["test_keeps_the_dtype_and_leaves_the_images_as_they_were"],
            "broken_by": "mistakes/bytes_scaled",
        },
        {
            "text": "N is any number from 1 on",
            "checks": ["test_keeps_a_batch_of_any_size"],
            "broken_by": "mistakes/squeezes_everything",
        },
        {
            "text": "tensor (N, 784)",
            "checks": [
                "test_gives_a_row_of_784_pixels_for_each_image",
                "test_keeps_a_batch_of_any_size",
                "test_keeps_the_dtype_and_leaves_the_images_as_they_were",
            ],
            "broken_by": "mistakes/channel_axis_kept",
        },
        {
            "text": "of the same dtype",
            "checks": ["test_keeps_the_dtype_and_leaves_the_images_as_they_were"],
            "broken_by": "mistakes/casts_to_float",
        },
        {
            "text": "a row for each image, its pixels line by line",
            "checks": [
                "test_gives_a_row_of_784_pixels_for_each_image",
                "test_keeps_a_batch_of_any_size",
                "test_keeps_the_dtype_and_leaves_the_images_as_they_were",
            ],
            "broken_by": "mistakes/columns_first",
        },
        {
            "text": "a view of X or a new tensor, both are fine",
            "allowed_by": "variants/by_numpy",
        },
        {
            "text": "no",
            "checks": [
                "test_keeps_the_dtype_and_leaves_the_images_as_they_were",
                "test_keeps_a_batch_of_any_size",
            ],
            "broken_by": "mistakes/changes_X",
        },
    ],
    "NeuralNetwork": [
        {
            "text": "A network that gives logits for images of digits",
            "checks": [
                "test_computes_784_512_512_10_with_relu_between",
                "test_computes_to_the_last_digit",
                "test_ends_with_the_last_layer_and_gives_logits",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": "mistakes/softmax_at_the_end",
        },
        {
            "text": "784-512-512-10 with ReLU between",
            "checks": [
                "test_computes_784_512_512_10_with_relu_between",
                "test_computes_to_the_last_digit",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": "mistakes/no_relu",
        },
        {
            "text": "three nn.Linear with biases, from 784 to 512, 512 to 512 and 512 to 10 "
            "numbers: 669,706 parameters in 6 tensors",
            "checks": [
                "test_has_the_parameters_of_three_linear_layers",
                "test_computes_784_512_512_10_with_relu_between",
                "test_computes_to_the_last_digit",
                "test_ends_with_the_last_layer_and_gives_logits",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": "mistakes/without_biases",
        },
        {
            "text": "Each NeuralNetwork() has its own",
            "checks": [
                "test_gives_each_image_ten_numbers_of_its_own",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": "mistakes/layers_shared_by_all",
        },
        {
            "text": "which begin at random",
            "checks": ["test_gives_each_image_ten_numbers_of_its_own"],
            "broken_by": "mistakes/begins_with_zeros",
        },
        {
            "text": "flatten, an nn.Flatten, and linear_relu_stack, an nn.Sequential",
            "why_none": "the usual names: the next words allow any others",
        },
        {
            "text": "other names, and layers kept one by one, are fine",
            "allowed_by": "variants/layers_one_by_one",
        },
        {
            "text": "gives the same in training and in evaluation mode",
            "checks": [
                "test_computes_784_512_512_10_with_relu_between",
                "test_computes_to_the_last_digit",
            ],
            "broken_by": "mistakes/softmax_when_evaluated",
        },
        {
            "text": "Makes the layers.",
            "why_none": "the title: which layers, the class says",
        },
        {
            "text": "Takes no arguments.",
            "checks": [
                "test_has_the_parameters_of_three_linear_layers",
                "test_gives_each_image_ten_numbers_of_its_own",
                "test_computes_784_512_512_10_with_relu_between",
                "test_computes_to_the_last_digit",
                "test_ends_with_the_last_layer_and_gives_logits",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": {
                "line": "def __init__(self):",
                "becomes": "def __init__(self, classes):",
            },
        },
        {
            "text": "The logits of a batch of images.",
            "why_none": "the title: what is returned says it in full",
        },
        {
            "text": "float32 images (N, 1, 28, 28)",
            "checks": [
                "test_gives_each_image_ten_numbers_of_its_own",
                "test_computes_784_512_512_10_with_relu_between",
                "test_computes_to_the_last_digit",
                "test_ends_with_the_last_layer_and_gives_logits",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": "mistakes/not_flattened",
        },
        {
            "text": "N is any number from 1 on",
            "checks": ["test_gives_each_image_ten_numbers_of_its_own"],
            "broken_by": "mistakes/squeezed",
        },
        {
            "text": "float32 tensor (N, 10)",
            "checks": [
                "test_gives_each_image_ten_numbers_of_its_own",
                "test_computes_784_512_512_10_with_relu_between",
                "test_computes_to_the_last_digit",
                "test_ends_with_the_last_layer_and_gives_logits",
            ],
            "broken_by": {
                "line": "return self.linear_relu_stack(self.flatten(x))",
                "becomes": "return self.linear_relu_stack(self.flatten(x)).double()",
            },
        },
        {
            "text": "what the last linear layer gives",
            "checks": [
                "test_computes_784_512_512_10_with_relu_between",
                "test_computes_to_the_last_digit",
                "test_ends_with_the_last_layer_and_gives_logits",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": "mistakes/relu_at_the_end",
        },
        {
            "text": "the row of an image does not depend on the other images of the batch",
            "checks": [
                "test_gives_each_image_ten_numbers_of_its_own",
                "test_computes_784_512_512_10_with_relu_between",
                "test_computes_to_the_last_digit",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": "mistakes/minus_the_mean_of_the_batch",
        },
        {
            "text": "are recorded and arrive at all 6 parameter tensors",
            "checks": ["test_each_network_learns_by_gradients_of_its_own"],
            "broken_by": "mistakes/no_grad_in_forward",
        },
        {
            "text": "no",
            "checks": ["test_gives_each_image_ten_numbers_of_its_own"],
            "broken_by": "mistakes/channel_axis_taken_away",
        },
    ],
    "count_parameters": [
        {
            "text": "How many numbers are trained in a model.",
            "why_none": "the title: what is returned says it in full",
        },
        {
            "text": "any nn.Module",
            "checks": ["test_counts_every_number_of_every_parameter"],
            "broken_by": {
                "line": "return sum(p.numel() for p in model.parameters() if p.requires_grad)",
                "becomes": "return sum(p.numel() for p in model.parameters()\n"
                "           if p.requires_grad and p.dim() < 3)",
            },
        },
        {
            "text": "parts of it may be frozen",
            "checks": ["test_leaves_out_what_is_frozen"],
            "broken_by": "mistakes/frozen_model_as_a_whole",
        },
        {
            "text": "have buffers",
            "checks": ["test_leaves_out_buffers"],
            "broken_by": {
                "line": "return sum(p.numel() for p in model.parameters() if p.requires_grad)",
                "becomes": "numbers = [*model.parameters(), *model.buffers()]\n"
                "return sum(p.numel() for p in numbers if p.requires_grad or p.dim() == 0)",
            },
        },
        {
            "text": "or share their parameters",
            "checks": ["test_counts_shared_parameters_once"],
            "broken_by": "mistakes/shared_twice",
        },
        {
            "text": "an int, of Python or of NumPy",
            "checks": ["test_returns_an_int"],
            "broken_by": "mistakes/a_tensor",
        },
        {
            "text": "the number of elements of all parameters",
            "checks": [
                "test_counts_every_number_of_every_parameter",
                "test_leaves_out_what_is_frozen",
                "test_leaves_out_buffers",
                "test_counts_shared_parameters_once",
                "test_returns_an_int",
            ],
            "broken_by": "mistakes/counts_tensors",
        },
        {
            "text": "that have requires_grad=True",
            "checks": ["test_leaves_out_what_is_frozen"],
            "broken_by": "mistakes/frozen_too",
        },
        {
            "text": "a parameter that is used in several places counts once",
            "checks": ["test_counts_shared_parameters_once"],
            "broken_by": "mistakes/shared_twice",
        },
        {
            "text": "buffers don't count",
            "checks": ["test_leaves_out_buffers"],
            "broken_by": {
                "line": "return sum(p.numel() for p in model.parameters() if p.requires_grad)",
                "becomes": "count = sum(p.numel() for p in model.parameters() if p.requires_grad)\n"
                "return count + sum(b.numel() for b in model.buffers())",
            },
        },
        {
            "text": "no",
            "checks": ["test_counts_shared_parameters_once"],
            "broken_by": "mistakes/freezes_what_it_counted",
        },
    ],
}
