"""Let two callers do the same thing at the same moment."""

import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def at_once(*deeds: Callable[[], Result]) -> list[Result]:
    """Run all deeds at once, each on a thread; return their results in any order, raise the first error."""
    barrier = threading.Barrier(len(deeds))
    results: list[Result] = []
    errors: list[Exception] = []

    def run(deed: Callable[[], Result]) -> None:
        barrier.wait()
        try:
            results.append(deed())
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results
