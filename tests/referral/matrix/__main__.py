"""Work the matrix out anew and write it into THREAT-MODEL.md; look at what has changed before you commit it."""

import os
import sys

import pytest

from tests.referral.matrix import WRITE

if __name__ == "__main__":
    os.environ[WRITE] = "1"
    sys.exit(pytest.main(["-q", "tests/referral/test_access_matrix.py::test_the_threat_model_says_what_was_found"]))
