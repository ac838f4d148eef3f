"""Is a port free, and if not, whose is it?"""

import socket
from collections.abc import Iterable
from pathlib import Path

from bot.errors import OperatorError
from bot.supervisor.spec import ProcessSpec

LISTENING = "0A"
PROC = Path("/proc")


def check_ports(specs: Iterable[ProcessSpec]) -> None:
    """Raise `OperatorError` for the first port that another program listens on."""
    for spec in specs:
        if spec.port is not None and not is_free(spec.port):
            raise OperatorError(
                f"Port {spec.port} is in use{_by_whom(spec.port)}. "
                f"Stop that program or set {spec.port_variable} to another number."
            )


def is_free(port: int) -> bool:
    """Tell whether a server could listen on this port of the loopback address now."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except PermissionError as error:
            raise OperatorError(f"Port {port} may only be used by root. Set a number above 1023.") from error
        except OSError:
            return False
    return True


def _by_whom(port: int) -> str:
    owner = find_owner(port)
    return "" if owner is None else f" (by pid {owner[0]}, {owner[1]})"


def find_owner(port: int) -> tuple[int, str] | None:
    """Return pid and name of the process that listens on a port; None when it is another user's or unknown."""
    sockets = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for process in PROC.glob("[0-9]*"):
        if sockets and _holds(process, sockets):
            return int(process.name), (process / "comm").read_text(encoding="utf-8").strip()
    return None


def _listening_inodes(port: int) -> set[str]:
    """Read the kernel's tables: the second field ends with the port, the fourth is the state, the tenth the inode."""
    inodes = set()
    for table in (PROC / "net" / "tcp", PROC / "net" / "tcp6"):
        lines = table.read_text(encoding="ascii").splitlines()[1:] if table.exists() else []
        for fields in map(str.split, lines):
            if fields[3] == LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(fields[9])
    return inodes


def _holds(process: Path, sockets: set[str]) -> bool:
    try:
        return any(str(descriptor.readlink()) in sockets for descriptor in (process / "fd").iterdir())
    except OSError:
        return False  # gone in the meantime, or another user's
