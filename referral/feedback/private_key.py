"""The private half of the content key, for the console alone."""

from pathlib import Path


def read_private_content_key(data_dir: Path) -> bytes:
    """Return the key that opens questions; raise `FileNotFoundError` without one."""
    return (data_dir / "secrets" / "content_key").read_bytes()
