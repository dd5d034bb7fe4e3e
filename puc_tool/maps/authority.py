"""How a commune is called after «Comune»: della Spezia, dell'Aquila, di Lerici."""

from __future__ import annotations

from collections.abc import Sequence

from layers.text import Text, counted, say

_JOINED = {
    "L'": "dell'", "L’": "dell’", "La ": "della ", "Lo ": "dello ", "Le ": "delle ",
    "Il ": "del ", "I ": "dei ", "Gli ": "degli ",
}  # fmt: skip
_MOST_NAMED = 5
_TOGETHER = "\u00a0"  # a name does not break, a list of names does


def of_commune(name: str) -> Text:
    """Return «di Lerici», and where the name has an article of its own, «della Spezia»."""
    article = next((article for article in _JOINED if name.startswith(article)), None)
    italian = f"di {name}" if article is None else _JOINED[article] + name.removeprefix(article)
    return Text(italian, f"of {name}")


_COMMUNES = (Text("comune", "municipality"), Text("comuni", "municipalities"))


def of_communes(names: Sequence[str]) -> Text:
    """Return «di Lerici e della Spezia» for a sentence; past five names, how many communes there are."""
    if len(names) > _MOST_NAMED:
        return say("di {n}", "of {n}", n=counted(len(names), _COMMUNES))
    *first, last = [of_commune(name).it for name in names]
    *before, final = names
    italian, english = (f"{', '.join(first)} e {last}", f"of {', '.join(before)} and {final}") if first else ("", "")
    return Text(italian or last, english or f"of {final}")


def authority(names: Sequence[str]) -> Text:
    """Return the body of a title block: COMUNE DELLA SPEZIA, COMUNI DI ARCOLA · VEZZANO LIGURE."""
    if not names:
        return Text("", "")
    shown, rest = [name.replace(" ", _TOGETHER) for name in names[:_MOST_NAMED]], len(names) - _MOST_NAMED
    of_each = [of_commune(name).it.replace(" ", _TOGETHER) for name in names[:_MOST_NAMED]]
    plain = all(words == f"di{_TOGETHER}{name}" for words, name in zip(of_each, shown, strict=True))
    italian = "di " + " · ".join(shown) if plain else " · ".join(of_each)
    more_it, more_en = (f" e altri {rest}", f" and {rest} more") if rest > 0 else ("", "")
    head_it, head_en = ("comune", "municipality") if len(names) == 1 else ("comuni", "municipalities")
    return Text(f"{head_it} {italian}{more_it}".upper(), f"{head_en} of {' · '.join(shown)}{more_en}".upper())
