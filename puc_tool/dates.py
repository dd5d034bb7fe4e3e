"""Whether a layer is of the year the study says, by its file's name and its fields of dates, and how old it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from layers import dating, roles
from layers.problems import Problem, PucError, Severity
from layers.reference import LayerRef
from layers.spec import Role
from layers.text import Text, counted, listing, number, say
from puc_tool.intake import inspection
from puc_tool.intake.inspection import Found
from puc_tool.study import Study

OLD_YEARS = 10
"""Data this much older than the study is told: the ground may have changed since."""


def problems(study: Study, ref: LayerRef) -> list[Problem]:
    """Return what the dates of the layer ``ref`` say against the study; nothing where its source can't be looked into.

    Why it can't is said when the layer is taken in.
    """
    try:
        found = [each for each in inspection.find(ref.path(study.folder)) if ref.layer in (None, each.table)]
    except PucError:
        return []
    return [*_of(study, ref, found[0])] if len(found) == 1 else []


def _of(study: Study, ref: LayerRef, found: Found) -> Iterator[Problem]:
    role = roles.BY_ID[ref.role]
    columns = found.subject.sample.columns if found.subject.sample is not None else {}
    dated = dating.of_dataset(found.subject.name, columns)
    fields = dating.of_fields(columns)
    if role.yearly and ref.year is None:
        yield _no_year(role, dated, found.subject.features)
    elif ref.year is not None and dated is not None and dated.year != ref.year:
        yield _other_year(role, ref.year, dated, found.subject.features)
    newest = ref.year or (dated.year if dated is not None else _newest(fields))
    if study.day is None or newest is None:
        return
    if newest > study.day.year:
        yield _after_study(role, newest, study.day.year, found.subject.features)
    elif study.day.year - newest >= OLD_YEARS and not role.yearly:
        yield _old(role, newest, study.day.year, found.subject.features)
    if ref.year is not None:
        yield from _rows_of_other_years(role, ref.year, fields, found)


def _newest(fields: tuple[tuple[str, Mapping[int, int]], ...]) -> int | None:
    return max((year for _, years in fields for year in years), default=None)


def _rows_of_other_years(
    role: Role, year: int, fields: tuple[tuple[str, Mapping[int, int]], ...], found: Found
) -> Iterator[Problem]:
    for name, years in fields:
        later = {each: count for each, count in years.items() if each > year}
        if later:
            yield _rows_later(role, name, later, found)


def _no_year(role: Role, dated: dating.Dated | None, features: int) -> Problem:
    give = Text("Indicarlo con «add --year … --replace».", "Give it with “add --year … --replace”.")
    if dated is not None:
        give = say("Se è vero che {w}, indicare --year {y}.", "If it is true that {w}, give --year {y}.",
                   w=dated.why, y=dated.year)  # fmt: skip
    return Problem(
        "year-missing",
        role.title,
        Text("il livello non ha un anno nello studio.", "the layer has no year in the study."),
        _features(features, Text("Non si può confrontare con altri anni", "It can't be compared with other years")),
        give,
        Severity.INFO,
    )


def _other_year(role: Role, year: int, dated: dating.Dated, features: int) -> Problem:
    return Problem(
        "year-differs",
        role.title,
        say("lo studio lo dice del {y}, ma {w}.", "the study says it is of {y}, but {w}.", y=year, w=dated.why),
        _features(features, Text("Ogni confronto fra anni ne risente", "Every comparison of years is touched")),
        say(
            "Controllare il file; se l'anno è sbagliato, «add --year {y}».",
            "Check the file; if the year is wrong, “add --year {y}”.",
            y=dated.year,
        ),
        Severity.WARNING,
    )


def _rows_later(role: Role, name: str, later: Mapping[int, int], found: Found) -> Problem:
    sample = found.subject.sample
    assert sample is not None
    return Problem(
        "year-rows-later",
        role.title,
        say("nel campo «{f}» ci sono date successive: {y}.", "the field “{f}” holds later dates: {y}.",
            f=name, y=listing([str(year) for year in sorted(later)])),
        say("Elementi: {n} dei {of} guardati.", "Features: {n} of the {of} looked at.",
            n=number(sum(later.values())), of=number(sample.rows)),
        Text("Escluderli con --where, o correggere l'anno.", "Leave them out with --where, or correct the year."),
        Severity.WARNING,
    )  # fmt: skip


def _after_study(role: Role, year: int, study: int, features: int) -> Problem:
    return Problem(
        "data-after-study",
        role.title,
        say("il dato è del {y}, lo studio del {s}.", "the data is of {y}, the study of {s}.", y=year, s=study),
        _features(features, Text("La data stampata sulle tavole non torna", "The date printed on sheets is not right")),
        Text("Correggere «date» in study.toml, o l'anno del livello.", "Correct “date” in study.toml, or the year."),
        Severity.WARNING,
    )


_YEARS = (Text("anno", "year"), Text("anni", "years"))


def _old(role: Role, year: int, study: int, features: int) -> Problem:
    return Problem(
        "data-old",
        role.title,
        say("il dato è del {y}, {n} prima dello studio.", "the data is of {y}, {n} before the study.",
            y=year, n=counted(study - year, _YEARS)),
        _features(features, Text("Può non dire il terreno di oggi", "It may not tell the ground of today")),
        Text("Chiedere l'edizione più recente.", "Ask for the latest edition."),
        Severity.INFO,
    )  # fmt: skip


def _features(count: int, effect: Text) -> Text:
    return say("{e}: elementi o celle {n}.", "{e}: features or cells {n}.", e=effect, n=number(count))
