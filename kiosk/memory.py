"""What is needed no more goes back to the system, where the C library knows how (glibc does).

A core reads catalogue and models and imports a web server on threads of their own, once; what that
alone needed would lie idle for weeks.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc

_M_ARENA_MAX = -8  # of malloc.h


def share_one_arena() -> None:
    """From now on all threads of this process allocate in one place: what one leaves free, another
    takes. They hold Python's lock while they do so, and never wait for each other there."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Collect what nobody refers to, and give free memory back."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
