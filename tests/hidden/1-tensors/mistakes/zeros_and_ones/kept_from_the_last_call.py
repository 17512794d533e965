"""The tensors are made once and handed out again.

fails: test_makes_new_tensors_at_each_call
hint: The same tensors come back at each call, with what others wrote into them: make them anew.
"""


made = {}


def zeros_and_ones(shape):
    if shape not in made:
        made[shape] = (torch.zeros(shape), torch.ones(shape))
    return made[shape]
