"""Names of files after what people call things: words that every disk takes, and of which no two are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

MOST = 60
"""Letters of a word; a name of a file has room for 255, the sheet's name and its page beside it."""

_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
"""What Windows takes for a device, whatever the ending."""


def file_word(name: str) -> str:
    """Return ``name`` in lower case ASCII letters and digits, with «-» for all else; nothing if it has none of them."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MOST].strip("-")
    return f"{word}-" if _DEVICE.fullmatch(word) else word


def unlike(words: Iterable[str]) -> Iterator[str]:
    """Yield each word; one that was there before with the first number, from 2, that makes it another than all."""
    given = list(words)
    own, taken = set(given), set[str]()
    for word in given:
        found, count = word, 1
        while found in taken or (count > 1 and found in own):
            count += 1
            found = f"{word}-{count}"
        taken.add(found)
        yield found
