"""The sentences of a soil sheet: subtitle, note, footnotes, and an alternative text that can be recomputed."""

from __future__ import annotations

from geopandas import GeoDataFrame

from analyses.soil.indicators import M2_A_HA
from layers.text import NOTHING, Text, listing, number, say
from puc_tool.maps.authority import of_communes
from puc_tool.maps.map_sentence import BESIDE
from puc_tool.maps.sheet import Note
from puc_tool.maps.soil_facts import ARTIFICIAL, LEAST_TOLD_M2, Facts, ha, unverified, with_unit

_DEMONSTRATION = Text(" (dati dimostrativi)", " (demonstration data)")
_HOW_CONSUMED = Text(
    "Le percentuali si riferiscono alla superficie a terra di ciascuna unità. Le celle sul confine contano "
    "per la parte che vi cade. Edizioni diverse della carta nazionale non sono confrontabili.",
    "Percentages refer to the land area of each unit. Cells on a border count for the part inside. "
    "Different editions of the national map can't be compared.",
)
_HOW_ARTIFICIAL = Text(
    "Le superfici artificiali vengono dall'uso del suolo: di solito superano il suolo consumato e non si "
    "confrontano con i dati ISPRA. Verde urbano e impianti sportivi sono a parte.",
    "Artificial surfaces come from land use: usually more than consumed soil, not comparable with "
    "ISPRA's data. Urban green and sport stand apart.",
)

_NOT_SHOWN = ("plan-", "zoning-codes-differ", "editions-differ-published")
"""Warnings on what a soil sheet does not print: the plan's commitments, two zonings, published figures."""


def subtitle(facts: Facts) -> Text:
    """Return what is shown, of which year, and what it is compared with."""
    first, last = facts.years
    if last is None:
        return facts.subject.word
    if first is None:
        return say("{w} · stato al {y}", "{w} · state in {y}", w=facts.subject.word, y=last)
    return say("{w} · stato al {y}, confronto con il {f}", "{w} · state in {y}, compared with {f}",
               w=facts.subject.word, y=last, f=first)  # fmt: skip


def note(facts: Facts) -> Note:
    """Return how the sheet is read."""
    how = _HOW_ARTIFICIAL if facts.subject is ARTIFICIAL else _HOW_CONSUMED
    return Note(Text("Come si legge.", "How to read."), how)


def footnotes(facts: Facts) -> tuple[Text, ...]:
    """Return what a reader must know of the numbers: no data, unverified formulas, every warning of the run."""
    return (*_no_data(facts), *_unverified(facts), *_warnings(facts))


def alt(facts: Facts, scale: Text, is_demonstration: bool) -> Text:
    """Return the map in sentences whose every number is a written one, rounded as it is printed."""
    sentences = (_what(facts, scale, is_demonstration), _share(facts), _kinds(facts), _new(facts), _extremes(facts))
    told = [each for each in (*sentences, BESIDE if facts.units else NOTHING) if each]
    return Text(" ".join(each.it for each in told), " ".join(each.en for each in told))


def _what(facts: Facts, scale: Text, is_demonstration: bool) -> Text:
    return say(
        "{t} {c} alla scala {s}{d}.",
        "{t} {c} at the scale of {s}{d}.",
        t=facts.subject.title, c=of_communes(sorted(facts.communes["name"])), s=scale,
        d=_DEMONSTRATION if is_demonstration else NOTHING,
    )  # fmt: skip


def _share(facts: Facts) -> Text:
    area_ha, share = facts.figure(facts.subject.area_id), facts.figure(facts.subject.share_id)
    if area_ha is None or share is None:
        return NOTHING
    return say(
        "{c} {a} ettari su {w} ({p}\u00a0%).",
        "{c} {a} hectares out of {w} ({p}\u00a0%).",
        c=facts.subject.covers, a=ha(area_ha), w=ha(facts.sum_ha("area_m2")), p=number(share, 1),
    )  # fmt: skip


def _kinds(facts: Facts) -> Text:
    """Return how much is permanent and how much reversible, where the codes tell it of everything."""
    permanent, reversible = facts.sum_ha("permanent_m2"), facts.sum_ha("reversible_m2")
    untold = facts.sum_ha("consumed_m2") - permanent - reversible
    if facts.subject is ARTIFICIAL or permanent + reversible == 0 or untold * M2_A_HA >= LEAST_TOLD_M2:
        return NOTHING
    return say(
        "Di questi, {p} ettari sono permanenti e {r} reversibili.",
        "Of these, {p} hectares are permanent and {r} reversible.",
        p=ha(permanent), r=ha(reversible),
    )  # fmt: skip


def _new(facts: Facts) -> Text:
    gained = facts.figure(facts.subject.new_id)
    if gained is None:
        return NOTHING
    first, last = facts.years
    when = say(" tra il {f} e il {l}", " between {f} and {l}", f=first, l=last) if facts.span else NOTHING
    new = Text(facts.subject.new.it.capitalize(), facts.subject.new.en.capitalize())
    return say("{n}{w}: {a} ettari.", "{n}{w}: {a} hectares.", n=new, w=when, a=ha(gained))


def _extremes(facts: Facts) -> Text:
    """Return which units have most and which least, as printed; fewer than three, or all alike, tell nothing."""
    named = facts.units.named if facts.units else None
    if named is None or len(named) < 3 or named["share"].nunique() == 1:
        return NOTHING
    return say(
        "Quota più alta: {a}; più bassa: {b}.",
        "Highest share: {a}; lowest: {b}.",
        a=_at(facts, named, named["share"].max()), b=_at(facts, named, named["share"].min()),
    )  # fmt: skip


def _at(facts: Facts, named: GeoDataFrame, share: float) -> Text:
    assert facts.units is not None
    titles = list(named.loc[named["share"] == share, "title"])
    if len(titles) == 1:
        return say("{t} ({p}\u00a0%)", "{t} ({p}\u00a0%)", t=titles[0], p=number(share, 1))
    who = Text(" e ".join(titles), " and ".join(titles))
    if len(titles) > 2:
        who = say("{n} {u}", "{n} {u}", n=len(titles), u=facts.units.kind.many)
    return say("{w} a pari merito ({p}\u00a0%)", "{w} alike ({p}\u00a0%)", w=who, p=number(share, 1))


def _no_data(facts: Facts) -> tuple[Text, ...]:
    area_ha = facts.sum_ha("no_data_m2")
    if area_ha * M2_A_HA < LEAST_TOLD_M2:
        return ()
    words = "Senza dato: {a}, compresi nella superficie.", "No data: {a}, part of the area all the same."
    return (say(*words, a=with_unit(area_ha)),)


def _unverified(facts: Facts) -> tuple[Text, ...]:
    labels = unverified(facts)
    if not labels:
        return ()
    names = Text(*(listing([label.to(lang) for label in labels], most=9).to(lang) for lang in ("it", "en")))
    it = "Formule non ancora verificate sulla fonte: {n}."
    return (say(it, "Formulas not yet verified against their source: {n}.", n=names),)


def _warnings(facts: Facts) -> tuple[Text, ...]:
    told = (
        each
        for each in facts.written.record["problems"]
        if each["severity"] == "warning" and not each["code"].startswith(_NOT_SHOWN)
    )
    return tuple(
        Text(
            f"{each['where']}: {each['message']}",
            f"{each.get('where_en', each['where'])}: {each.get('message_en', each['message'])}",
        )
        for each in told
    )
