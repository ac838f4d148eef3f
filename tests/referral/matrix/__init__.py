"""The access matrix: everything that is stored, tried with everything that each thief would hold."""

WRITE = "KORPU_TEST_WRITE_MATRIX"
