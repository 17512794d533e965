_pixels = np.array([[[0, 51, 102], [255, 1, 17]], [[9, 200, 3], [30, 80, 254]]], dtype=np.uint8)
_wanted = torch.tensor(_pixels.tolist()) / 255
_result = pixels_to_float(_pixels)

# test_scales_the_pixels_to_0_and_1
assert _result.shape == _wanted.shape
assert torch.allclose(_result.float(), _wanted, atol=0.006)
assert _result.max() == 1

# test_keeps_the_shape_of_the_picture
_shapes = [(5,), (28, 28), (30, 40), (4, 5, 3), (1, 2, 1, 4)]
_pictures = [np.zeros(_shape, dtype=np.uint8) for _shape in _shapes]
assert [pixels_to_float(_picture).shape for _picture in _pictures] == _shapes

# test_is_right_to_the_last_digit
assert torch.allclose(_result.float(), _wanted)
_darkest = [pixels_to_float(np.array([0, _high], dtype=np.uint8)).float() for _high in (1, 20)]
assert torch.allclose(torch.stack(_darkest), torch.tensor([[0, 1 / 255], [0, 20 / 255]]))

# test_gives_float32
assert _result.dtype == torch.float32

# test_divides_by_255_even_where_no_pixel_is_white
_dark = pixels_to_float(np.array([51, 102, 153], dtype=np.uint8))
assert torch.allclose(_dark.float(), torch.tensor([0.2, 0.4, 0.6]), atol=0.006)

# test_leaves_the_array_as_it_was
assert _pixels.tolist() == [[[0, 51, 102], [255, 1, 17]], [[9, 200, 3], [30, 80, 254]]]
_result[0] = 7
assert torch.allclose(pixels_to_float(_pixels).float(), _wanted, atol=0.006)
