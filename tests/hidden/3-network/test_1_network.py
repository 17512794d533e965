"""Hidden checks of 3-network, first part: flattening, the network itself, counting its parameters.

The files are numbered in the order of the notebook, for reading.

Weights, biases and pixels are drawn so that float32 computes with them exactly: pixels are 0 or
1, weights multiples of 1/4 or 1/16, biases odd multiples of finer fractions, so that no input of a
ReLU is 0. So a right answer gives the same numbers in whichever order it adds them, and the flake
rate is 0.
"""

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
    require,
    tools,
    type_names,
)

RETURNED = "Does count_parameters return the number that it has counted?"
NOTHING = "0 was counted for a model that has never been trained. Which parameters were left out?"

RIGHT_FLATTEN = tools(__file__, "right_flatten_images")


ROWS = (
    "Is there one row for each image, with all of its pixels in it, and is that so for any number "
    "of images?"
)
ORDER = "In which order are the pixels of a row? Compare with the table: line by line."
NUMBERS = "Flattening only rearranges. What happens to the numbers on the way?"


def compare_rows(result, expected, name, **tolerance):
    """Compares; whether the numbers are others, or only their order, tells the hint."""
    moved = (
        isinstance(result, torch.Tensor)
        and result.shape == expected.shape
        and torch.equal(result.flatten().sort().values, expected.flatten().sort().values)
    )
    kinds = {"shape": ROWS, "values": ORDER if moved else NUMBERS}
    dtype = "Which kind of numbers comes in, and which goes out?"
    with hints(**kinds, length=ROWS, dtype=dtype):
        expect(result, expected, name=name, **tolerance)


@check("flatten_images", weight=3, part="idea")
def test_gives_a_row_of_784_pixels_for_each_image(student, solution, rng):
    X = rng.images(rng.integer(20, 40))
    result = student.flatten_images(X)
    compare_rows(result, solution.flatten_images(X), "flatten_images(X)", rtol=0.02, atol=0.01)


@check("flatten_images", part="contract")
def test_keeps_a_batch_of_any_size(student, solution, rng):
    flatten_images = student.flatten_images
    batches = [rng.images(count) for count in (rng.integer(5, 8), 1, rng.integer(130, 200))]
    kept = [put(student, X) for X in batches]
    # What one call gives must stand after the next one.
    results = [keep(flatten_images, X) for X in kept]
    for X, mine, result in zip(batches, kept, results, strict=True):
        name = f"flatten_images(X) with a batch of {len(X)}"
        compare_rows(fetch(result), solution.flatten_images(X), name, rtol=0.02, atol=0.01)
        hint = "Is X itself changed where it is a batch of this size?"
        expect(fetch(mine), X, name=f"X after {name}", hint=hint)


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
        hint = "What has become of the caller's X? Is a new tensor made, or X itself changed?"
        expect(fetch(kept), X, name="X after flatten_images(X)", hint=hint)


NETWORK = tools(__file__, "gradients_on", "notebook_network")

# Of the three linear layers: (weight, bias), as PyTorch shapes them.
LAYERS = (((512, 784), (512,)), ((512, 512), (512,)), ((10, 512), (10,)))

BEGIN_THERE = " If other checks of NeuralNetwork fail too, begin with those."


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


def why_not_six(net):
    """The hint for a network that has another number of parameter tensors."""
    in_lists, in_class = net.tools.out_of_sight(net.model)
    if in_lists is True:
        return "nn.Module does not look into a plain list. Which list of torch.nn is for layers?"
    if in_class is True:
        return "Layers belong to each network, not to the class. In which method are they made?"
    return (
        "Are all layers made in __init__, after super().__init__(), and kept in self? And is each "
        "of them there once?"
    )


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
            hint=why_not_six(net)
            if len(shapes) != 6
            else "Does each layer take as many numbers as the one before gives?",
        )
        weight = fitting[0]
        bias = weight.removesuffix("weight") + "bias"
        inputs = shapes[weight][0]
        layers.append((weight, bias if shapes.get(bias) == (inputs,) else None, shapes[weight]))
    require(
        len(layers) == 3,
        f"NeuralNetwork() has {len(layers)} nn.Linear from the pixels to the logits, expected 3.",
        hint="How many linear layers does the table show?",
    )
    return layers


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


def own_logits(weights, X):
    """784-512-512-10 with ReLU between, in the judge's own hand."""
    (first, first_bias), (second, second_bias), (third, third_bias) = weights
    x = torch.relu(X.flatten(1) @ first.T + first_bias)
    x = torch.relu(x @ second.T + second_bias)
    return x @ third.T + third_bias


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
            hint=None if len(shapes) == 6 else why_not_six(net),
        )
        for (weight, bias, shape), (right, _) in zip(layers_of(net), LAYERS, strict=True):
            require(
                shape == right,
                f"NeuralNetwork() has no nn.Linear from {right[1]} to {right[0]} numbers.",
                hint="How many numbers come in, how many go out? The three layers are 784 to 512, "
                "512 to 512, and 512 to 10.",
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
            hint="What do the logits of an image depend on? Look at the numbers in a new network.",
        )
        for one, other, pixels in ((0, 1, "below 0"), (2, 3, "above 1")):
            require(
                bool((rows[one] != rows[other]).any()),
                "NeuralNetwork()(x) gives the same numbers for two images that differ only in "
                f"their pixels {pixels}.",
                hint="What is done to the pixels before they come to the first linear layer?",
            )
        expect(
            fetch(kept),
            X,
            name="x after NeuralNetwork()(x)",
            hint="Does forward make new tensors, or does it change the caller's own?",
        )
        others = logits_of(new_network(student).model, X, size)
        # unneeded: in how many of the ten logits two networks differ at least is open
        require(
            bool((rows != others).any(dim=0).all()) and bool((rows[:, :1] != rows[:, 1:]).any()),
            "Two networks that were just made, or two logits of one, give the same numbers.",
            hint="A new network begins at random, each with other numbers. Do yours?",
        )
        for count in (5, 1):
            hint = (
                "Does what an image gets depend on the other images of the batch, or on chance? "
                "Layers are made once, in __init__."
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
    hint = "Are there ten numbers for each image? Does forward return what the last layer gives?"
    expect(form, torch.zeros(count, 10), name=name, hint=hint)
    return logits.detach()


@check("NeuralNetwork", weight=2, part="idea")
def test_computes_784_512_512_10_with_relu_between(student, rng):
    numbers = [draw_numbers(rng), draw_numbers(rng)]
    X = black_and_white(rng, 6)

    def look():
        net = new_network(student)
        for each in numbers:
            right = own_logits(own_weights(each, fill(net, each)), X)
            net.model.train()
            compare_logits(net.model(X), right, "in training mode")
        net.model.eval()
        compare_logits(net.model(X), right, "in evaluation mode")

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
        compare_logits(actual, right, "in training mode")
        expect(
            detached(actual),
            right,
            name="NeuralNetwork()(x) with weights that the check has set",
            hint="They are near. What takes digits away on the way to the logits?",
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


def compare_logits(actual, right, mode):
    """Compares with what the student's own weights give; the graph has a check of its own."""
    expect(
        detached(actual),
        right,
        name=f"NeuralNetwork()(x) with weights that the check has set, {mode},",
        hint="After which layers does a ReLU come, after which does none, and does each take what"
        " came before?",
        rtol=0.01,
        atol=0.01,
    )


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
            hint="What comes after the last linear layer?",
        )
        # unneeded: what comes after the last layer shows below too, but this says how it shows
        require(
            bool((before < 0).any()) and bool((before > 0).any()),
            "NeuralNetwork()(x) gives only positive or only negative numbers; logits are both.",
            hint="What comes after the last linear layer?",
        )
        expect(
            after,
            factor * before,
            name="NeuralNetwork()(x) with the weights of the last layer multiplied",
            hint="Is what the last linear layer gives returned as it is?" + BEGIN_THERE,
            rtol=0.01,
            atol=0.01,
        )

    fairly(student, RIGHT_FLATTEN, look)


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
        # unneeded: what is no dict has no gradients either, but this says so
        require(isinstance(gradients, dict), "The gradients of NeuralNetwork() cannot be read.")
        missing = sum(name is not None and gradients.get(name) is None for name in names)
        # unneeded: a gradient that is missing is not the right one either, but this says so
        require(
            not missing,
            f"After backward() {missing} of the parameter tensors have no gradient.",
            hint="Does the way from the images to the logits pass through each layer, and stay "
            "inside PyTorch all along, with gradients recorded?",
        )
        for name, right in zip(names, expected, strict=True):
            if name is None:
                continue
            expect(
                detached(gradients[name]),
                right,
                name=f"The gradient that arrives at a {name.rpartition('.')[2]}",
                hint="Has each network layers of its own, and do its logits come from them alone?"
                + BEGIN_THERE,
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


def require_count(student, model, count, which, hint):
    """The right number, whatever its type: that has a check of its own."""
    got = number_of(student.count_parameters(model))
    # unneeded: None is not the right number either, but these are the better words for it
    require(got is not None, "count_parameters(model) did not return a number.", hint=RETURNED)
    require(
        bool(got == count),
        f"count_parameters(model) is not the number of trained numbers {which}.",
        hint=NOTHING if got == 0 else hint,
    )


@check("count_parameters", weight=3, part="idea")
def test_counts_every_number_of_every_parameter(student, rng):
    tools = define(student, COUNTED)
    hint = (
        "A weight of 3 rows and 4 columns is one tensor, but how many numbers are in it? And are "
        "all parameters there, biases and those inside of inner modules too?"
    )
    a, b, c = draw_sizes(rng)
    model = tools.of_many_kinds(a, b, c)
    count = a * b + (9 * a + 1) * b + c * a + a * b * c + 1
    # What is counted once there are gradients tells who looks at them.
    with closer_look(lambda: number_of(student.count_parameters(tools.with_gradients(a, b, c)))):
        require_count(student, model, count, "in layers of several kinds", hint)


@check("count_parameters", weight=2, part="idea")
def test_leaves_out_what_is_frozen(student, rng):
    tools = define(student, COUNTED)
    hint = "Which attribute of a parameter says whether it gets a gradient, and so is trained?"
    a, b, c = draw_sizes(rng)
    model = tools.frozen(a, b, c)
    require_count(student, model, (b + 1) * c, "where a layer is frozen", hint)
    require_count(student, tools.bias_frozen(a, c), a * c, "where a bias is frozen", hint)
    require_count(student, tools.all_frozen(a, b, c), 0, "where all is frozen", hint)


@check("count_parameters", part="contract")
def test_leaves_out_buffers(student, rng):
    tools = define(student, COUNTED)
    a, b, c = draw_sizes(rng)
    hint = (
        "A model also keeps numbers that no optimizer moves, such as the running mean of batch "
        "normalization. Which method gives the parameters only?"
    )
    model = tools.with_buffers(a, b, c)
    require_count(student, model, (a + 1) * b + 4 * b, "where a model has buffers too", hint)


@check("count_parameters", part="contract")
def test_counts_shared_parameters_once(student, rng):
    tools = define(student, COUNTED)
    a, b, _ = draw_sizes(rng)
    hint = "If two layers use the same tensor, how many numbers can training change?"
    model = tools.shared(a, b)
    # One part is in evaluation mode, and one parameter holds a gradient.
    tools.prepare(model)
    before, modes = tools.tensors_of(model), tools.modes(model)
    gradients = tools.gradients_of(model)
    require_count(student, model, 2 * a * b + a + b, "where layers share some", hint)
    expect(
        tools.tensors_of(model),
        before,
        name="The model after count_parameters(model)",
        hint="Counting only looks: can the model still learn afterwards?",
    )
    expect(
        tools.gradients_of(model),
        gradients,
        name="The gradients in the model after count_parameters(model)",
        hint="Counting only looks. Which line takes the gradients away?",
    )
    require(
        tools.modes(model) == modes,
        "The model, or a part of it, is in another mode after count_parameters(model).",
        hint="Counting only looks. Does the count depend on training or evaluation mode?",
    )


@check("count_parameters", part="contract")
def test_returns_an_int(student, rng):
    tools = define(student, COUNTED)
    a, b, c = draw_sizes(rng)
    expect(
        student.count_parameters(tools.layered(a, b, c)),
        (a + 1) * b + (b + 1) * c,
        name="count_parameters(model)",
        hint="Is it the right number, and of which type is it?",
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
