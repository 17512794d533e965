"""Two loops, so two axes are expected.

fails: test_scales_the_pixels_to_0_and_1
hint: How many axes may a have? A division works on all elements at once, however many axes there
are.
"""


def pixels_to_float(a):
    rows, columns = a.shape
    result = torch.zeros(rows, columns)
    for row in range(rows):
        for column in range(columns):
            result[row, column] = a[row, column] / 255
    return result
