"""Arrays in one file: NumPy's own format, packed quickly."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.lib import format as numpy_format

from bot.linear.features import Array

# Rasa packs the file once more at gzip's slowest setting: 32 s for what is not packed yet, nothing for what is.
LEVEL = 1


def save_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write arrays to a file that `load_arrays` and `numpy.load` read; it executes nothing when it is read."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as packed:
        for name, array in arrays.items():
            with packed.open(f"{name}.npy", "w", force_zip64=True) as member:
                numpy_format.write_array(member, np.asanyarray(array), allow_pickle=False)  # type: ignore[no-untyped-call]


def load_arrays(path: Path) -> dict[str, Array]:
    """Return the arrays of a file; raise what NumPy raises when it is damaged."""
    with np.load(path, allow_pickle=False) as arrays:
        return dict(arrays)
