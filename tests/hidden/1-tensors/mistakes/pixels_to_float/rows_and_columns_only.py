"""Two loops, so two axes are expected.

fails: test_keeps_the_shape_of_the_picture
hint: a may have any number of axes. Does your code count on two?
"""


def pixels_to_float(a):
    rows, columns = a.shape
    result = torch.zeros(rows, columns)
    for row in range(rows):
        for column in range(columns):
            result[row, column] = a[row, column] / 255
    return result
