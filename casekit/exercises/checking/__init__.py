"""A question and an answer: what an answer means, whether it is right, ``check`` in the notebook."""
