"""The public half of the content key: what the gateway seals questions to."""

from pathlib import Path

FILE = Path("public/content_key")


def read_content_key(data_dir: Path) -> bytes:
    """Return the public key; raise `FileNotFoundError` without one, `ValueError` when the file is not one."""
    key = (data_dir / FILE).read_bytes()
    if len(key) != 32:
        raise ValueError(f"{data_dir / FILE} is no key: it must have 32 bytes. Copy it anew from the console's host.")
    return key
