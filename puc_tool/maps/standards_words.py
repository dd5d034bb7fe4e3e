"""The sentences of the standards sheet: subtitle, the plan's people, footnotes, and a text to be recomputed."""

from __future__ import annotations

from collections.abc import Iterator

from analyses.soil.indicators import M2_A_HA
from analyses.standards.tables import CATEGORIES, PARTS, TOTAL
from layers.text import INHABITANTS, NOTHING, Text, counted, joined, number, same, say
from puc_tool.maps.authority import of_communes
from puc_tool.maps.map_sentence import BESIDE
from puc_tool.maps.sheet import Note
from puc_tool.maps.soil_facts import ha, with_unit
from puc_tool.maps.standards_facts import LETTERS, Facts

TITLE = Text("Standard urbanistici", "Planning standards")
_DEMONSTRATION = Text(" (dati dimostrativi)", " (demonstration data)")
_WHAT_COUNTS = Text(
    "Esistente: superficie delle attrezzature pubbliche, nel quartiere in cui cade il loro punto interno; un'area non "
    "conta due volte nella stessa categoria. Saldo: esistente meno dovuto.",
    "Existing: area of public facilities, in the neighbourhood of their inner point; ground counts once in a category. "
    "Balance: existing less due.",
)
_DOUBLED = Text(
    "Le aree nelle zone A e B contano due volte (art. 4); le superfici reali sono in counted.csv.",
    "Areas in zones A and B count twice (art. 4); the real areas are in counted.csv.",
)


def subtitle(facts: Facts) -> Text:
    """Return the rule, and what it gives each resident."""
    return say(
        "DM 1444/1968, art. 3: {m} m² per abitante",
        "Ministerial Decree 1444/1968, art. 3: {m} m² per resident",
        m=square_metres(facts.due_m2()),
    )


def square_metres(value: float | None) -> Text:
    """Return m² for each person, one decimal; a dash where nobody lives."""
    return same("–") if value is None else number(value, 1)


def balance(area_ha: float) -> Text:
    """Return a balance with its sign: a plus is printed too."""
    words = ha(area_ha)
    return say("+{n}", "+{n}", n=words) if round(area_ha, 2) > 0.0 else words


def letters(lacking: list[str]) -> Text:
    """Return the letters of the categories that lack, or a dash."""
    return same(" ".join(LETTERS[name] for name in lacking) or "–")


def note(facts: Facts) -> Note | None:
    """Return how the balance changes with the plan's people; None without districts, or where they bring nobody."""
    plan = facts.plan
    new = 0.0 if plan is None else float(plan["people_new"].sum())
    if plan is None or round(new) == 0:
        return None
    text = say(
        "{n} in più; il saldo totale passa da {b} a {a} ha.",
        "{n} more; the total balance goes from {b} to {a} ha.",
        n=counted(new, INHABITANTS),
        b=balance(facts.whole().balance_ha),
        a=balance(float(plan[f"{TOTAL}_balance_m2"].sum()) / M2_A_HA),
    )
    return Note(Text("Con gli abitanti del piano.", "With the plan's people."), text)


def footnotes(facts: Facts) -> Iterator[Text]:
    """Yield what is due of each category, what counts as existing, and every warning of the run."""
    dues = [say("{c} {n}", "{c} {n}", c=CATEGORIES[name].label, n=square_metres(facts.due_m2(name))) for name in PARTS]
    yield say("Dovuti per abitante (m²): {d}.", "Due to each resident (m²): {d}.", d=joined(dues, "; "))
    yield _WHAT_COUNTS
    if facts.is_doubled:
        yield _DOUBLED
    for each in facts.written.record["problems"]:
        if each["severity"] == "warning":
            yield Text(
                f"{each['where']}: {each['message']}",
                f"{each.get('where_en', each['where'])}: {each.get('message_en', each['message'])}",
            )


def alt(facts: Facts, communes: list[str], scale: Text, *, is_demonstration: bool) -> Text:
    """Return the map in sentences whose every number is a written one, rounded as it is printed."""
    whole = facts.whole()
    return say(
        "Carta degli standard urbanistici {c} alla scala {s}{d}. Le attrezzature esistenti sono {e}, {m} m² per "
        "abitante; ne sono dovuti {u}. {k}{w} {b}",
        "Map of planning standards {c} at the scale of {s}{d}. Existing facilities cover {e}, {m} m² per resident; {u} "
        "are due. {k}{w} {b}",
        c=of_communes(communes), s=scale, d=_DEMONSTRATION if is_demonstration else NOTHING,
        e=with_unit(whole.existing_m2 / M2_A_HA), m=square_metres(whole.m2_per_person),
        u=square_metres(facts.due_m2()), k=joined(_categories(facts), " "), w=_extremes(facts), b=BESIDE,
    )  # fmt: skip


def _categories(facts: Facts) -> Iterator[Text]:
    for name in PARTS:
        yield say("{c}: saldo {b} ettari.", "{c}: balance {b} hectares.", c=CATEGORIES[name].label,
                  b=balance(facts.whole(name).balance_ha))  # fmt: skip


def _extremes(facts: Facts) -> Text:
    """Return which unit has least and which most for each resident, nothing of fewer than three."""
    known = [(facts.of(row).m2_per_person, row["title"]) for row in facts.frame.to_dict("records")]
    told = sorted((round(value, 1), str(title)) for value, title in known if value is not None)
    if len(told) < 3 or told[0][0] == told[-1][0]:
        return NOTHING
    return say(
        " Ha la dotazione più bassa {l} ({a} m²), la più alta {h} ({b} m²).",
        " {l} has least ({a} m²), {h} most ({b} m²).",
        l=told[0][1], a=square_metres(told[0][0]), h=told[-1][1], b=square_metres(told[-1][0]),
    )  # fmt: skip
