"""Doing the same thing many times at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def at_once[T](count: int, function: Callable[[int], T]) -> list[T | Exception]:
    """Call `function(n)` for every n below `count` in as many threads, let go together; return results and errors."""
    gate = threading.Barrier(count)

    def one(number: int) -> T | Exception:
        try:
            gate.wait(timeout=30)
            return function(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
