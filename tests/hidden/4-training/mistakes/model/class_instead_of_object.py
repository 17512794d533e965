"""model is the class NeuralNetwork itself: the parentheses are missing.

fails: test_reads_digits_it_has_never_seen
hint: What makes an object of a class?
"""

model = NeuralNetwork
