"""Work shared with processes side by side: the one that asks does its part too, from the end of the list.

Another process takes seconds to start and to read the study, which lies open here already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from typing import TypeVar

T = TypeVar("T")


def as_done(running: Sequence[Future[T]], own: Callable[[int], T]) -> Iterator[tuple[int, T]]:
    """Yield place and result of each, as they are done: those that no process has begun are done here by ``own``."""
    places = {future: place for place, future in enumerate(running)}
    for future in reversed(running):
        if not future.cancel():
            break
        place = places.pop(future)
        yield place, own(place)
        for each in [each for each in places if each.done()]:
            yield places.pop(each), each.result()
    for each in as_completed(places):
        yield places[each], each.result()
