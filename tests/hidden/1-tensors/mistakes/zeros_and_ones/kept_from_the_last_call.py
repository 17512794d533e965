"""The tensors are made once and handed out again.

fails: test_makes_new_tensors_at_each_call
hint: What others wrote into the tensors came back at the next call. When are they made?
"""


made = {}


def zeros_and_ones(shape):
    if shape not in made:
        made[shape] = (torch.zeros(shape), torch.ones(shape))
    return made[shape]
