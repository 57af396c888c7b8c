"""One driver for all batches of a test run."""

import pytest
from support.batches import Driver


@pytest.fixture(scope="package")
def driver():
    """Template processes, ready for every batch."""
    made = Driver()
    yield made
    made.close()
