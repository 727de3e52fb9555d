"""Run work on a folder in a child process, and kill it before a step on the disk or by chance."""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

_STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "shutil.rmtree"}
_WRITES = os.O_WRONLY | os.O_RDWR
_WORKED, _FAILED = 0, 3

Work = Callable[[], object]
Ready = Callable[[], Work]  # makes ready in the child, and returns the work


def measured(folder: Path, ready: Ready) -> tuple[int, float]:
    """Let a child do the work to its end; return its steps on the disk, and how many seconds.

    Raises:
        RuntimeError: the work failed by itself.
    """
    child, told = _begin(folder, ready, None)
    began = _wait_for_word(told)
    steps = os.read(told, 64)
    took_s = time.perf_counter() - began
    os.close(told)
    _end(child)
    return int(steps), took_s


def run_killed(folder: Path, ready: Ready, step: int | None, delay_s: float) -> bool:
    """Let a child do the work and kill it; return whether it was killed before its end.

    Args:
        step: just before which step on the disk, counted from 1; None: after the delay.
        delay_s: seconds from the work's beginning.

    Raises:
        RuntimeError: the work failed by itself.
    """
    child, told = _begin(folder, ready, step)
    began = _wait_for_word(told)
    if step is None:
        time.sleep(max(0.0, began + delay_s - time.perf_counter()))
        os.kill(child, signal.SIGKILL)
    os.close(told)
    return _end(child)


def _begin(folder: Path, ready: Ready, step: int | None) -> tuple[int, int]:
    """Return the child's number, and where it says that it has begun, and its steps at the end."""
    told, tell = os.pipe()
    child = os.fork()
    if child:
        os.close(tell)
        return child, told
    status = _FAILED
    try:
        os.close(told)
        work = ready()
        counted = _Steps(folder, step)
        os.write(tell, b".")
        work()
        os.write(tell, str(counted.number).encode()) if step is None else None
        status = _WORKED
    except BrokenPipeError:
        status = _WORKED  # nobody waits for the number of steps
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _wait_for_word(told: int) -> float:
    os.read(told, 1)
    return time.perf_counter()


def _end(child: int) -> bool:
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status) != _WORKED:
        raise RuntimeError("the work failed before it was killed")
    return False


class _Steps:
    """Counts what this process does on the disk within a folder, and kills it before one step."""

    def __init__(self, folder: Path, deadly: int | None) -> None:
        self.number = 0
        self._folder, self._deadly = str(folder), deadly
        self._sync = os.fsync
        os.fsync = self._synced  # the one step that no audit event tells of
        sys.addaudithook(self._heard)

    def _heard(self, event: str, args: tuple[Any, ...]) -> None:
        is_step = event in _STEPS or (event == "open" and bool(args[2] & _WRITES))
        if is_step and str(args[0]).startswith(self._folder):
            self._take()

    def _synced(self, fd: Any) -> None:
        self._take()
        self._sync(fd)

    def _take(self) -> None:
        self.number += 1
        if self.number == self._deadly:
            os.kill(os.getpid(), signal.SIGKILL)
