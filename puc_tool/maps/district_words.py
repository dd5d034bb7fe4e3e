"""The sentences of a district's sheet: scenarios, uses, what binds, warning, alternative text."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analyses.districts.named import NORMS, USE_WORDS
from analyses.districts.terms import term
from analyses.soil.indicators import M2_A_HA
from layers.text import NOTHING, Text, joined, same, say
from puc_tool.maps.district_facts import Facts
from puc_tool.maps.map_sentence import BESIDE
from puc_tool.maps.sheet import Note
from puc_tool.maps.soil_facts import percent, with_unit

_MOST_BINDING = 1


def subtitle(shown: Facts) -> Text:
    """Return kind and state, as far as the plan says them."""
    said = [term(shown.base[name]) for name in ("kind", "state") if str(shown.base.get(name) or "").strip()]
    return joined((Text("Scheda di distretto", "District sheet"), *said), " · ")


def note() -> Note:
    """Return for what the sheet does not hold."""
    return Note(
        Text("Avvertenza.", "Caution."),
        Text(
            "Verifica di studio: valgono le norme e le schede approvate. Ac è divisa fra le categorie come dovute.",
            "A study's check: approved norms and sheets hold. Ac is divided among the categories as they are due.",
        ),
        is_warning=True,
    )


def footnotes(shown: Facts, *, names_scenarios: bool) -> tuple[Text, ...]:
    """Return uses and norm of the plan in force and what binds it; first the scenarios' names, if no chart has them."""
    return (*(_scenarios(shown) if names_scenarios else ()), *_uses(shown), *_binding(shown))


def alt(shown: Facts, scale: Text, *, is_demonstration: bool) -> Text:
    """Return the map in sentences whose every number is a written one."""
    base = shown.base
    return say(
        "Mappa del distretto {n} alla scala {s}{d}. La superficie territoriale è di {a}, di cui {b} non sottratti da "
        "vincoli. {t}",
        "Map of the district {n} at the scale of {s}{d}. Its territorial area is {a}, of which {b} free of "
        "constraints. {t}",
        n=base["name"],
        s=scale,
        d=Text(" (dati dimostrativi)", " (demonstration data)") if is_demonstration else NOTHING,
        a=with_unit(base["st_m2"] / M2_A_HA),
        b=with_unit(base["net_buildable_m2"] / M2_A_HA),
        t=BESIDE,
    )


def _scenarios(shown: Facts) -> Iterator[Text]:
    letters, titles = shown.letters, shown.titles
    named = [f"{letters[name]}: {titles[name]}" for name in shown.sheets["scenario"][1:]]
    if named:
        yield say("Scenari. {s}.", "Scenarios. {s}.", s="; ".join(named))


def _uses(shown: Facts) -> Iterator[Text]:
    """Yield the plan's uses with their shares, those it has, and its norm."""
    uses = [
        say("{u} {p}", "{u} {p}", u=USE_WORDS.get(row["use"], same(row["use"])), p=percent(row["share_pct"]))
        for row in shown.uses.to_dict("records")
        if row["share_pct"] > 0.0
    ]
    if uses:
        yield say("Usi del piano. {u}.", "Uses of the plan. {u}.", u=joined(uses, "; "))
    norm = "" if pd.isna(shown.base.get("norm")) else str(shown.base["norm"]).strip()
    if norm:
        yield say("Norma. {n}.", "Norm. {n}.", n=NORMS.get(norm, same(norm.removesuffix("."))))


def _binding(shown: Facts) -> Iterator[Text]:
    """Yield the dearest limits of the first goal."""
    rows = (
        shown.binding[shown.binding["goal"] == shown.binding["goal"].iloc[0]] if len(shown.binding) else shown.binding
    )
    for row in rows.head(_MOST_BINDING).to_dict("records"):
        yield Text(f"Che cosa vincola. {row['words']}", f"What binds. {row['words_en']}")
