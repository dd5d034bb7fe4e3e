"""A condition on the fields of a table, as somebody types it: «consumato > 20 e (quota >= 50 o nome contiene "riva")».

It is read, never run as code. A field is named by its label or its id, without case and accents; numbers are typed as
either language does. Words: e/and, o/or, non/not, contiene/contains, comparisons < <= > >= = <>, parentheses.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from layers.problems import Problem, PucError
from layers.text import NOTHING, Text, listing, same, say
from puc_tool.working.typed_number import typed_number

Value = float | str | tuple[str, ...] | None
"""A number, words, or the several ways of writing one thing: in words and as the code that files have."""
Row = Sequence[Value]
Condition = Callable[[Row], bool]
WHERE = Text("Espressione", "Expression")
_AND, _OR, _NOT, _HOLDS = {"e", "and"}, {"o", "or", "oppure"}, {"non", "not"}, {"contiene", "contains"}
_SIGNS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_ALIASES = {"≤": "<=", "≥": ">=", "≠": "<>", "!=": "<>", "==": "="}
_TOKEN = re.compile(
    r"""\s*(?:(?P<sign><=|>=|<>|!=|==|[<>=≤≥≠])|(?P<bracket>[()])|(?P<quoted>"[^"]*"|'[^']*'|«[^»]*»)"""
    r"""|(?P<number>[-−]?\d[\d.,]*(?![\w]))|(?P<word>[^\s<>=≤≥≠!()"'«»]+))"""
)
_MOST_WORDS = 200


@dataclass(frozen=True)
class Field:
    """A column: the names it may be called by, and whether it holds numbers."""

    names: tuple[str, ...]
    is_number: bool


@dataclass(frozen=True)
class _Token:
    kind: str
    words: str


def condition(words: str, fields: Sequence[Field]) -> Condition:
    """Return what ``words`` ask of a row, whose values stand in the order of ``fields``.

    A missing value meets no comparison. Raises PucError, saying what was expected where.
    """
    return _Reader(_tokens(words), fields).whole()


def plain(text: str) -> str:
    """Return ``text`` without case, accents, and blanks at its ends."""
    parted = unicodedata.normalize("NFKD", text)
    return " ".join("".join(each for each in parted if not unicodedata.combining(each)).casefold().split())


def _tokens(words: str) -> list[_Token]:
    found, at = [], 0
    while words[at:].strip():
        match = _TOKEN.match(words, at)
        if match is None:
            raise PucError(_strange(words[at:].strip()))
        kind = match.lastgroup or ""
        found.append(_Token(kind, match[kind]))
        at = match.end()
    if len(found) > _MOST_WORDS:
        raise PucError(_fault("expression-too-long", Text("è troppo lunga.", "it is too long.")))
    return found


class _Reader:
    """Reads tokens one after another: «or» binds least, then «and», then «not»."""

    def __init__(self, tokens: Sequence[_Token], fields: Sequence[Field]) -> None:
        self._tokens, self._fields, self._at = tokens, fields, 0
        self._known: dict[str, int] = {}
        for place, field in enumerate(fields):
            for name in field.names:
                self._known.setdefault(plain(name), place)
        self._longest = max((len(name.split()) for name in self._known), default=1)

    def whole(self) -> Condition:
        """Return the condition of all tokens."""
        read = self._any()
        if self._next is not None:
            raise PucError(_unexpected(self._next.words))
        return read

    @property
    def _next(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _takes(self, words: set[str]) -> bool:
        """Step over one of ``words`` if it comes next."""
        token = self._next
        if token is None or token.kind == "quoted" or plain(token.words) not in words:
            return False
        self._at += 1
        return True

    def _any(self) -> Condition:
        parts = [self._all()]
        while self._takes(_OR):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else lambda row: any(part(row) for part in parts)

    def _all(self) -> Condition:
        parts = [self._one()]
        while self._takes(_AND):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else lambda row: all(part(row) for part in parts)

    def _one(self) -> Condition:
        if self._takes(_NOT):
            denied = self._one()
            return lambda row: not denied(row)
        if self._takes({"("}):
            inner = self._any()
            if not self._takes({")"}):
                raise PucError(_fault("expression-bracket", _OPEN))
            return inner
        return self._comparison()

    def _comparison(self) -> Condition:
        place, name = self._field()
        if self._takes(_HOLDS):
            sought = plain(self._value(name))
            return lambda row: any(sought in plain(each) for each in _wordings(row[place]))
        token = self._next
        if token is None or token.kind != "sign":
            raise PucError(_no_sign(name))
        self._at += 1
        sign = _ALIASES.get(token.words, token.words)
        if self._fields[place].is_number:
            return _of_number(place, _SIGNS[sign], self._number(name))
        return _of_words(place, sign, plain(self._value(name)), name)

    def _field(self) -> tuple[int, str]:
        """Return the field that comes next: the longest known name that the tokens spell."""
        if self._next is None:
            raise PucError(_fault("expression-ends", _ENDS))
        for count in range(min(self._longest, len(self._tokens) - self._at), 0, -1):
            spelt = self._tokens[self._at : self._at + count]
            name = " ".join(each.words.strip("\"'«»") for each in spelt)
            if plain(name) in self._known:
                self._at += count
                return self._known[plain(name)], name
        raise PucError(_unknown(self._next.words, [field.names[0] for field in self._fields]))

    def _value(self, name: str) -> str:
        token = self._next
        if token is None or token.kind in ("sign", "bracket"):
            raise PucError(_no_value(name))
        self._at += 1
        return token.words.strip("\"'«»")

    def _number(self, name: str) -> float:
        words = self._value(name)
        try:
            return typed_number(words.replace("−", "-"))
        except ValueError as error:
            raise PucError(_no_number(name, words)) from error


def _of_number(place: int, compare: Callable[[float, float], bool], bound: float) -> Condition:
    def keeps(row: Row) -> bool:
        value = row[place]
        return isinstance(value, int | float) and value == value and compare(float(value), bound)

    return keeps


def _of_words(place: int, sign: str, sought: str, name: str) -> Condition:
    if sign not in ("=", "<>"):
        raise PucError(_no_order(name))
    is_wanted = sign == "="
    return lambda row: (
        row[place] is not None and (sought in [plain(each) for each in _wordings(row[place])]) is is_wanted
    )


def _wordings(value: Value) -> tuple[str, ...]:
    """Return each way in which a cell is written; a missing one holds no words."""
    return value if isinstance(value, tuple) else ("" if value is None else str(value),)


_OPEN = Text("manca una parentesi chiusa «)».", "a closing bracket “)” is missing.")
_ENDS = Text("finisce troppo presto: ci vuole un campo.", "it ends too soon: a field is wanted.")
_EXAMPLE = Text('Per esempio: quota > 50 e nome contiene "riva".', 'For example: share > 50 and name contains "riva".')


def _fault(code: str, message: Text, remedy: Text = _EXAMPLE) -> Problem:
    return Problem(code, WHERE, message, NOTHING, remedy)


def _strange(words: str) -> Problem:
    said = say("«{w}» non si capisce: virgolette non chiuse?", "“{w}” is not understood: an open quote?", w=words[:20])
    return _fault("expression-strange", said)


def _unexpected(words: str) -> Problem:
    said = say("prima di «{w}» manca «e» oppure «o».", "before “{w}” an “and” or an “or” is missing.", w=words)
    return _fault("expression-unexpected", said)


def _unknown(words: str, names: Sequence[str]) -> Problem:
    by_plain = {plain(name): name for name in names}
    alike = [by_plain[each] for each in get_close_matches(plain(words), by_plain, 1, 0.5)]
    return _fault(
        "expression-field",
        say("la tabella non ha il campo «{w}».", "the table has no field “{w}”.", w=words),
        say("Ci sono: {l}.", "There are: {l}.", l=listing(alike or list(names), 6)),
    )


def _no_sign(name: str) -> Problem:
    said = say("dopo «{n}» ci vuole un confronto.", "after “{n}” a comparison is wanted.", n=same(name))
    return _fault("expression-sign", said, Text("Uno fra < <= > >= = <> contiene.", "One of < <= > >= = <> contains."))


def _no_value(name: str) -> Problem:
    said = say(
        "manca il valore con cui confrontare «{n}».", "the value to compare “{n}” with is missing.", n=same(name)
    )
    return _fault("expression-value", said)


def _no_number(name: str, words: str) -> Problem:
    said = say("«{n}» è un numero, «{w}» no.", "“{n}” is a number, “{w}” is not.", n=same(name), w=words)
    return _fault("expression-number", said)


def _no_order(name: str) -> Problem:
    said = say("«{n}» è un testo e non si ordina.", "“{n}” is text and has no order.", n=same(name))
    return _fault("expression-order", said, Text("Usare =, <> o contiene.", "Use =, <> or contains."))
