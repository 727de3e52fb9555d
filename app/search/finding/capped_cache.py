"""Keep what was worked out, up to so many bytes; what was not asked for longest goes first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class CappedCache(Generic[Value]):
    """A cache that knows what its values weigh; safe to share between threads."""

    def __init__(self, most_bytes: int, weigh: Callable[[Value], int]) -> None:
        self._most_bytes, self._weigh = most_bytes, weigh
        self._held: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return what is kept under a key, or make it and keep it where there is room."""
        with self._lock:
            kept = self._held.get(key)
            if kept is not None:
                self._held.move_to_end(key)
                return kept[0]
        value = make()
        size = self._weigh(value)
        if size > self._most_bytes:
            return value
        with self._lock:
            if key not in self._held:
                self._held[key] = (value, size)
                self._bytes += size
            while self._bytes > self._most_bytes:
                _, (_, dropped) = self._held.popitem(last=False)
                self._bytes -= dropped
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._held.clear()
            self._bytes = 0
