"""What a reader of the other language would trip over: Italian words in English sentences, and texts left Italian."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from layers.codelist import rows
from layers.text import Text

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ("layers", "analyses", "puc_tool", "ui")
_HOLDING_TOGETHER = (
    "agli alla alle allo anche che con così da dagli dai dal dalla dalle degli dei del della delle dello dentro di "
    "dove e è entro essere fra fuori già gli hanno il lo ma meno negli nei nel nella nelle nessun nessuna nessuno "
    "né o ogni oltre ovunque perché più può quale quando questa questo questi senza si sono sotto stata "
    "stato sugli sui sulla sulle tra tutta tutte tutti tutto una uno verso viene"
)
FUNCTION_WORDS = frozenset(_HOLDING_TOGETHER.split())
"""Words that hold an Italian sentence together and that English has none like («come», «ha» and «Sul» it has)."""

_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"|\{[^}]*\}|\([^()]*: [^()]*\)")
_NOT_WORDS = re.compile(r"--?[\w-]+|\b[\w.-]+\.\w{2,4}\b|\bhttps?:\S+|\bDel\b")
_WORD = re.compile(r"[^\W\d_]+")
_LABELS = ("label", "name", "class", "component", "category", "edition")


@dataclasses.dataclass(frozen=True)
class Declared:
    """A text of the code: where it stands and its two languages, slots in braces."""

    place: str
    it: str
    en: str


def italian_words(english: str, names: Collection[str] = ()) -> list[str]:
    """Return the Italian function words in an English sentence, outside of what it quotes and of proper names."""
    bare = english
    for name in sorted(names, key=len, reverse=True):
        bare = bare.replace(name, " ")
    bare = _NOT_WORDS.sub(" ", _QUOTED.sub(" ", bare))
    return [word for word in _WORD.findall(bare.lower()) if word in FUNCTION_WORDS and not _is_symbol(word, bare)]


def _is_symbol(word: str, bare: str) -> bool:
    """Tell whether a single letter stands in no sentence: a class E, a margin «o», an axis."""
    return len(word) == 1 and not re.search(rf"(?<=[a-zà-ù,] ){word}(?= [a-zà-ù])", bare)


def left_italian(shown: Iterable[str], names: Collection[str] = ()) -> list[str]:
    """Return what of ``shown``, read by an English reader, is a text of ours in Italian or has Italian words in it."""
    italian = _only_italian()
    return [
        each
        for each in dict.fromkeys(shown)
        if (each.strip() not in names) and (_plain(each) in italian or italian_words(each, names))
    ]


def texts_of(thing: Any) -> Iterator[Text]:
    """Yield every text in a made document: dataclasses, tuples and mappings all the way down."""
    if isinstance(thing, Text):
        yield thing
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        for field in dataclasses.fields(thing):
            yield from texts_of(getattr(thing, field.name))
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from texts_of(value)
    elif isinstance(thing, list | tuple):
        for each in thing:
            yield from texts_of(each)


@cache
def declared() -> tuple[Declared, ...]:
    """Return every ``Text(it, en)`` and ``say(it, en, …)`` of the code whose words stand in it."""
    return tuple(
        Declared(f"{path.relative_to(ROOT)}:{call.lineno}", it, en)
        for floor in FLOORS
        for path in sorted((ROOT / floor).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Text", "say") and len(call.args) > 1
        if (it := _written(call.args[0])) is not None and (en := _written(call.args[1])) is not None
    )


@cache
def labels() -> tuple[Declared, ...]:
    """Return every label of the code lists that has both languages, or ought to: those that have an English column."""
    found = []
    for path in sorted((ROOT / "layers" / "codelists").glob("*.csv")):
        for number, row in enumerate(rows(path.stem), start=2):
            found += [
                Declared(f"{path.name}:{number}", row[f"{stem}_it"], row[f"{stem}_en"])
                for stem in _LABELS
                if f"{stem}_it" in row and f"{stem}_en" in row
            ]
    return tuple(found)


def _written(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


@cache
def _only_italian() -> frozenset[str]:
    """Return the whole texts that are Italian and no English one: «Edifici», «(fuori da ogni unità)»."""
    both = [each for each in (*declared(), *labels()) if "{" not in each.it]
    english = {_plain(each.en) for each in both}
    return frozenset(
        plain for each in both if (plain := _plain(each.it)) not in english and re.search(r"[^\W\d_]{3}", plain)
    )


def _plain(words: str) -> str:
    return words.strip().rstrip(".:").casefold()
