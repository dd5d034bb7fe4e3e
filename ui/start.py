"""The installed command. It loads next to nothing itself: loading takes seconds, in which somebody may change his mind.

A library that is interrupted while it loads leaves a traceback, or swallows the interrupt and goes on half loaded.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

CANCELLED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; without any word, open the window."""
    with _stopped_at_once():
        from ui import command_line
    return command_line.main(sys.argv[1:] if argv is None else argv)


@contextmanager
def _stopped_at_once() -> Iterator[None]:
    """Let Ctrl-C end the program on the spot: nothing is begun yet that could be left half done."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler or current_thread() is not main_thread():
        yield  # somebody else decides, or wants to hear of none
        return
    signal.signal(signal.SIGINT, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end(number: int, frame: FrameType | None) -> None:
    os._exit(CANCELLED)


if __name__ == "__main__":
    raise SystemExit(main())
