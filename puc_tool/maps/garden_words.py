"""The sentences of a garden sheet: subtitle, warnings, reasons of the first site, scenarios, an alternative text."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analyses.gardens import remarks
from analyses.gardens.scenarios import BY_ID
from analyses.soil.indicators import M2_A_HA
from layers.text import NOTHING, SITES, Text, counted, number, same, say
from puc_tool.maps.authority import of_communes
from puc_tool.maps.garden_facts import Facts, title_of
from puc_tool.maps.sheet import Note
from puc_tool.maps.soil_facts import ha, with_unit

TITLE = Text("Idoneità agli orti urbani", "Suitability for urban gardens")
_DEMONSTRATION = Text(" (dati dimostrativi)", " (demonstration data)")
_PRINTED = (remarks.SOIL_ANALYSIS, remarks.SIN_ORDINANCE)
_FOLLOWED = (
    "garden-first-choice", "garden-first-choice-not-linear", "garden-criterion-left-out", "garden-scenario-not-applied",
    "garden-judgements-inconsistent", "garden-no-site",
)  # fmt: skip
"""What else of the run's remarks a reader of the sheet must know, in the order printed."""


_MOST_REASONS = 6


def subtitle(facts: Facts) -> Text:
    """Return scenario, cells, and how the criteria are combined."""
    return say(
        "{s} · celle di {c} m · {h}",
        "{s} · cells of {c} m · {h}",
        s=facts.scenario.title, c=number(float(facts.written.parameters["cell_m"])), h=_how(facts),
    )  # fmt: skip


def _how(facts: Facts) -> Text:
    orness = float(facts.written.parameters["orness"])
    if orness == 0.5:
        return Text("somma pesata", "weighted sum")
    return say("pesi ordinati (orness {o})", "ordered weights (orness {o})", o=number(orness, 2))


def note(facts: Facts) -> Note:
    """Return the warnings without which the map must not be used."""
    told = [each for each in _PRINTED if facts.told(each)]
    parts = [say("{w}: {m} {e}", "{w}: {m} {e}", w=each.where, m=each.message, e=each.effect) for each in told]
    return Note(Text("Avvertenza.", "Caution."), _joined(parts), is_warning=True)


def footnotes(facts: Facts) -> tuple[Text, ...]:
    """Return the reasons of the first site, how firm it is, the scenarios side by side, what is missing."""
    return (*_first(facts), *facts.sentences(*_FOLLOWED), *agreement(facts), *_scenarios(facts))


def alt(facts: Facts, communes: list[str], scale: Text, *, is_demonstration: bool) -> Text:
    """Return the map in sentences whose every number is a written one, rounded as it is printed."""
    what = say(
        "Carta dell'idoneità agli orti urbani {c} alla scala {s}{d}.",
        "Map of suitability for urban gardens {c} at the scale of {s}{d}.",
        c=of_communes(communes), s=scale, d=demonstration(is_demonstration=is_demonstration),
    )  # fmt: skip
    return _joined([what, _areas(facts), *_best(facts)])


def demonstration(*, is_demonstration: bool) -> Text:
    """Return the words that a sentence puts after the scale where the data are made up."""
    return _DEMONSTRATION if is_demonstration else NOTHING


def _areas(facts: Facts) -> Text:
    return say(
        "Il terreno idoneo occupa {a} ettari ({p}\u00a0%), quello escluso {b} ({q}\u00a0%).",
        "Suitable ground covers {a} hectares ({p}\u00a0%), excluded ground {b} ({q}\u00a0%).",
        a=ha(facts.ha("suitable_m2")), p=number(facts.pct("suitable_m2"), 1),
        b=ha(facts.ha("excluded_m2")), q=number(facts.pct("excluded_m2"), 1),
    )  # fmt: skip


def _best(facts: Facts) -> Iterator[Text]:
    if facts.sites is not None:
        first = facts.sites.iloc[0]
        yield say(
            "Il primo sito su {n} è «{s}», con punteggio {p}.",
            "The first site of {n} is “{s}”, with a score of {p}.",
            n=number(facts.site_count), s=same(first["name"]), p=number(float(first["score"]), 2),
        )  # fmt: skip


def _first(facts: Facts) -> Iterator[Text]:
    """Yield why the first site is first: what each criterion gives of what it could, the largest part first."""
    if facts.sites is None:
        return
    first = facts.sites.iloc[0]
    rows = facts.reasons[facts.reasons["site"] == first["site"]]
    is_sum = bool(rows["part"].notna().all())
    ordered = rows.sort_values("part" if is_sum else "score", ascending=False, kind="stable")
    told = list(_parts(ordered) if is_sum else _scores(ordered))
    yield say(
        "Perché {s} è primo ({p}): {r}.", "Why {s} is first ({p}): {r}.",
        s=same(first["name"]), p=number(float(first["score"]), 2), r=_listed(told),
    )  # fmt: skip


def _parts(rows: pd.DataFrame) -> Iterator[Text]:
    """Yield what the largest reasons give of what they could, and what the others give together."""
    for row in rows.iloc[:_MOST_REASONS].to_dict("records"):
        yield _given(_lower(title_of(row["criterion"])), row["part"], row["weight"])
    rest = rows.iloc[_MOST_REASONS:]
    if len(rest):
        others = counted(len(rest), _OTHERS)
        yield _given(others, float(rest["part"].sum()), float(rest["weight"].sum()))


def _given(what: Text, given: float, most: float) -> Text:
    return say("{c} {g} di {m}", "{c} {g} of {m}", c=what, g=number(given, 2), m=number(most, 2))


def _scores(rows: pd.DataFrame) -> Iterator[Text]:
    """Yield the criteria's own scores: under ordered weights they do not add up."""
    for row in rows.iloc[:_MOST_REASONS].to_dict("records"):
        yield say("{c} {g}", "{c} {g}", c=_lower(title_of(row["criterion"])), g=number(row["score"], 2))


_OTHERS = (Text("altro criterio", "other criterion"), Text("altri criteri", "other criteria"))


def agreement(facts: Facts) -> Iterator[Text]:
    """Yield how far those who weigh differently agree on the order of the sites."""
    found = facts.written.figure("concordance")
    if found is not None:
        yield say(
            "Concordanza fra gli insiemi di pesi, {n} (W di Kendall, da 0 a 1): {w}.",
            "Concordance of the weight sets, {n} (Kendall's W, 0 to 1): {w}.",
            n=len(facts.written.parameters["weight_set"]) + 1, w=number(found, 2),
        )  # fmt: skip


def _scenarios(facts: Facts) -> Iterator[Text]:
    """Yield the scenarios side by side: suitable ground and sites of each."""
    told = [
        say(
            "{s} {a} ({n})", "{s} {a} ({n})",
            s=_lower(BY_ID[row["scenario"]].title), a=with_unit(row["suitable_m2"] / M2_A_HA),
            n=counted(row["sites"], SITES),
        )
        for row in facts.scenarios.to_dict("records")
    ]  # fmt: skip
    if told:
        yield say("Scenari, terreno idoneo: {t}.", "Scenarios, suitable ground: {t}.", t=_listed(told))


def _lower(words: Text) -> Text:
    return Text(words.it[0].lower() + words.it[1:], words.en[0].lower() + words.en[1:])


def _listed(told: list[Text]) -> Text:
    return Text(", ".join(each.it for each in told), ", ".join(each.en for each in told))


def _joined(sentences: list[Text]) -> Text:
    return Text(" ".join(each.it for each in sentences), " ".join(each.en for each in sentences))
