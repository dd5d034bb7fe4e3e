"""What speaks for a role and what speaks against it: each piece of evidence has a weight and a sentence.

A weight from 0 to 1 is how sure this alone would make one; below 0 it is a doubt. Weights were set by judgement and
are held to the real files in ``tests/layers/test_recognise_real.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from layers import roles
from layers.codelist import is_verified, rows
from layers.mapping import Match, claims, known
from layers.sampling import Column, Sizes
from layers.spec import Role
from layers.subject import Subject
from layers.text import FEATURES, Text, counted, number, say
from layers.vocabulary import Pattern, Vocabulary, folded

OFFERED = 0.95
NAMES = {"official": 0.85, "usual": 0.65, "weak": 0.4}
UNVERIFIED = 0.05
EXACT_NAME, SERVICE_NAME = 0.8, 0.8
FIELD_NAME, OPTIONAL_NAME, LONG_VALUES, SHORT_VALUES, BUILT_VALUES = 0.7, 0.35, 0.8, 0.5, 0.4
FIELDS_COMPLETE, FIELD_LACKING = 0.2, -0.4
SIZE, SIZE_WRONG = 0.3, -0.4
COVERS, COVERS_NOT = 0.25, -0.3
ONE_PLACE, SEVERAL_PLACES = 0.4, -0.2
NETWORK = 0.25
OTHER_BOUNDS, OTHER_PLACES, REACHES = -0.3, -0.6, 0.1

_SHORT = 2
_TILES, _SCATTERED = 0.7, 0.6
_COMMUNE_M2 = 2e5
_NEARLY_ALL = 0.9


@dataclass(frozen=True)
class Evidence:
    """One reason for a role (weight above 0) or against it (below)."""

    weight: float
    why: Text


def normalised(name: str) -> str:
    """Return a name as the patterns of ``dataset_names.csv`` expect it: ASCII, lower case, words between «_»."""
    plain = unicodedata.normalize("NFKD", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)).encode("ascii", "ignore").decode()
    return f"_{re.sub(r'[^a-z0-9]+', '_', plain.lower()).strip('_')}_"


def of_name(role: Role, subject: Subject) -> Iterator[Evidence]:
    """Yield what the names of file and table say; of several only the strongest."""
    if subject.offered == role.id:
        yield Evidence(
            OFFERED, Text("il formato stesso lo prepara per questo ruolo", "its format makes it for this role")
        )
    name = normalised(subject.name)
    if any(normalised(part) == f"_{role.id}_" for part in subject.name.split()):
        yield Evidence(EXACT_NAME, say("si chiama «{n}»", "it is called “{n}”", n=role.id))
        return
    found = [_of_pattern(row, match[0]) for row in names_of(role.id) if (match := re.search(row["pattern"], name))]
    if role is roles.SERVICES and (kind := service_in(subject.name)):
        found.append(
            Evidence(SERVICE_NAME, say("il nome dice un servizio: {k}", "the name tells a service: {k}", k=kind))
        )
    yield from sorted(found, key=lambda each: -each.weight)[:1]


@cache
def names_of(role_id: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of ``dataset_names.csv`` for a role."""
    return tuple(row for row in rows("dataset_names") if row["role"] == role_id)


@cache
def service_in(name: str) -> str | None:
    """Return the one service of the catalogue that a dataset's name tells («farmacie», «post_offices»), or None."""
    wanted = folded(name)
    vocabulary = roles.SERVICES.fields[0].codes
    assert vocabulary is not None
    stems = {(_stem(words), kind) for words, kind in vocabulary.wordings()}
    found = {kind for stem, kind in stems if len(stem) >= 5 and stem in wanted}
    return found.pop() if len(found) == 1 else None


def of_fields(role: Role, found: Sequence[Match], subject: Subject) -> Iterator[Evidence]:
    """Yield what names and values of the fields say, and whether one that is required is not there."""
    for match in found:
        if match.word and match.by_name >= 0.6:
            weight = (FIELD_NAME if match.field.required else OPTIONAL_NAME) / claims()[folded(match.word)]
            yield Evidence(weight, say("ha il campo «{c}»", "it has the field “{c}”", c=match.column))
        if match.by_values and (vocabulary := match.field.telling) is not None:
            yield _of_values(match, vocabulary, subject)
    lacking = [
        field for field in role.fields if field.required and field.name not in {each.field.name for each in found}
    ]
    if lacking and not _is_told_by_name(role, subject):
        yield Evidence(
            FIELD_LACKING, say("manca un campo per «{f}»", "there is no field for “{f}”", f=lacking[0].label)
        )
    elif any(field.required for field in role.fields):
        yield Evidence(FIELDS_COMPLETE, Text("i campi necessari ci sono", "the fields it needs are there"))


def of_shape(role: Role, subject: Subject) -> Iterator[Evidence]:
    """Yield what sizes of polygons, cover of the extent and meeting of lines say."""
    sample = subject.sample
    if sample is None:
        return
    if sample.sizes is not None and role.typical_m2 is not None:
        low, high = role.typical_m2
        size = sample.sizes.typical_m2
        fits = low <= size <= high
        yield Evidence(SIZE if fits else SIZE_WRONG, _size(size, fits=fits))
    if sample.sizes is not None and role.covers_commune and sample.total > 2:
        if sample.sizes.cover >= _TILES:
            yield Evidence(COVERS, Text("i poligoni coprono tutta la loro estensione", "polygons cover their extent"))
        elif sample.is_whole and sample.sizes.alone > _SCATTERED:
            yield Evidence(COVERS_NOT, Text("i poligoni sono sparsi", "polygons are scattered"))
    if (
        sample.joined is not None
        and role in (roles.STREETS, roles.HYDROGRAPHY, roles.RAILWAYS)
        and sample.joined >= 0.5
    ):
        yield Evidence(NETWORK, Text("le linee si incontrano come in una rete", "lines meet as in a network"))


def of_places(role: Role, subject: Subject) -> Iterator[Evidence]:
    """Yield, for a boundary and for neighbourhoods, whether the data is of one commune or of several."""
    if role not in (roles.BOUNDARY, roles.NEIGHBOURHOODS) or subject.sample is None:
        return
    communes, sizes = _communes(subject.sample.columns), subject.sample.sizes
    if communes > 1 and role is not roles.BOUNDARY:
        yield Evidence(OTHER_PLACES, Text("i suoi elementi sono comuni", "its features are communes"))
    elif role is roles.BOUNDARY and (communes == 1 or _is_large_and_single(subject.features, sizes)):
        yield Evidence(ONE_PLACE, Text("è di un solo comune", "it is of one commune"))
    elif role is roles.BOUNDARY and (communes > 1 or subject.features > 1):
        yield Evidence(SEVERAL_PLACES, say("ha {n}", "it has {n}", n=counted(subject.features, FEATURES)))


def of_ground(role: Role, subject: Subject) -> Iterator[Evidence]:
    """Yield what the bounds say, against those of the study, where there is one."""
    reach = subject.reach
    if reach is None:
        return
    if role is roles.BOUNDARY:
        same_bounds = reach.of_study > _NEARLY_ALL and reach.of_itself > _NEARLY_ALL
        said = Text("ha gli stessi limiti del comune", "it has the bounds of the commune")
        other = Text("i limiti non sono quelli del comune", "its bounds are not the commune's")
        yield Evidence(ONE_PLACE, said) if same_bounds else Evidence(OTHER_BOUNDS, other)
    elif (role.covers_commune or role.spans_commune) and reach.of_study > _NEARLY_ALL:
        yield Evidence(REACHES, Text("arriva a tutto il comune", "it reaches all over the commune"))


def _of_pattern(row: Mapping[str, str], words: str) -> Evidence:
    weight = NAMES[row["kind"]] - (0.0 if row["kind"] != "official" or is_verified(row) else UNVERIFIED)
    what = Text(row["what_it"], row["what_en"])
    return Evidence(weight, say("il nome («{w}») è di: {r}", "the name (“{w}”) is of: {r}", w=words.strip("_"), r=what))


def _stem(words: str) -> str:
    """Return what singular and plural have in common, near enough: «farmaci», «bibliotec», «librar»."""
    return re.sub(r"[aeioy]+$", "", folded(words))


def _of_values(match: Match, vocabulary: Vocabulary, subject: Subject) -> Evidence:
    assert match.known is not None
    assert subject.sample is not None
    column = subject.sample.columns[match.column]
    weight = BUILT_VALUES if isinstance(vocabulary, Pattern) else _listed_weight(column)
    rivals = sum(_knows(role, column) for role in roles.ALL if subject.fits(role))
    sentence = say(
        "il campo «{c}» ha i valori di «{f}»: {n} di {of}",
        "the field “{c}” has the values of “{f}”: {n} of {of}",
        c=match.column,
        f=match.field.label,
        n=match.known.count,
        of=match.known.of,
    )
    return Evidence(weight / max(1, rivals), sentence)


def _listed_weight(column: Column) -> float:
    long = max(map(len, column.values)) > _SHORT
    several = 1.0 if len(column.values) > 1 else 0.7
    return (LONG_VALUES if long else SHORT_VALUES) * (several if long else several**2)


def _knows(role: Role, column: Column) -> bool:
    listed = (field.telling for field in role.fields)
    return any(known(words, column).share >= 0.8 for words in listed if words is not None)


def _is_told_by_name(role: Role, subject: Subject) -> bool:
    return role is roles.SERVICES and service_in(subject.name) is not None


def _size(area_m2: float, *, fits: bool) -> Text:
    unit, amount = ("m²", number(area_m2)) if area_m2 < 1e5 else ("km²", number(area_m2 / 1e6, 1))
    size = say("circa {n} {u}", "about {n} {u}", n=amount, u=unit)
    if fits:
        return say("i poligoni hanno la grandezza giusta ({m})", "polygons are of that size ({m})", m=size)
    return say("i poligoni hanno un'altra grandezza ({m})", "polygons are of another size ({m})", m=size)


def _is_large_and_single(features: int, sizes: Sizes | None) -> bool:
    return features == 1 and sizes is not None and sizes.typical_m2 > _COMMUNE_M2


def _communes(columns: Mapping[str, Column]) -> int:
    """Return how many communes nearly all rows tell of by their ISTAT codes; 0 where no field holds any."""
    code = roles.BOUNDARY.field("code")
    assert code is not None
    assert code.known_by is not None
    coded = [column for column in columns.values() if known(code.known_by, column).share == 1.0]
    return min((_most_of(column) for column in coded), default=0)


def _most_of(column: Column) -> int:
    """Return how many values, the most frequent first, make up nearly all rows."""
    shares = np.sort(list(column.values.values()))[::-1].cumsum() / column.filled
    return int(np.searchsorted(shares, _NEARLY_ALL)) + 1
