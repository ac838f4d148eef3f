"""How a child process begins: with little in its environment, and never outliving its parent."""

import ctypes
import os
import signal
from collections.abc import Callable, Mapping

PR_SET_PDEATHSIG = 1
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR")
_libc = ctypes.CDLL(None, use_errno=True)


def minimal_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what every child needs of the parent's environment, and nothing of what may be secret."""
    kept = {name: environ[name] for name in INHERITED if name in environ}
    return kept | {"PYTHONUNBUFFERED": "1"}  # so that the last line of a crashed process is in its log


def die_with_parent() -> Callable[[], None]:
    """Return what a child calls before it becomes its program: the kernel kills it when its parent is gone."""
    parent = os.getpid()

    def in_child() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it went before the kernel knew
            os._exit(1)

    return in_child
