"""Public space and parking that a district owes, plans and lacks, as formulas.

Source: DM 1444/1968 art. 3 (residents) and art. 5 (commercial and industrial floor area), L. 122/1989 (private
parking); ``dm1444_standards.csv``.
"""

from __future__ import annotations

from analyses.formula import Formula, Named, Quantity, share_of
from analyses.standards.tables import CATEGORIES, PARTS, TOTAL
from layers.text import Text, say

_ST, _FLOOR, _AC, _PEOPLE = Named("st_m2"), Named("floor_area_m2"), Named("ac_m2"), Named("people")
ART3_A_PERSON = "art3_m2_per_person"
"""What is due to each person of all categories of art. 3 together."""

SHORT = {
    "istruzione": Text("Istruzione", "Education"),
    "interesse_comune": Text("Interesse comune", "Common interest"),
    "verde": Text("Verde", "Green"),
    "parcheggi": Text("Parcheggi", "Parking"),
}


def _standards(category: str) -> tuple[Formula, Formula, Formula]:
    """Return due, planned and balance of one category of art. 3."""
    label, person = CATEGORIES[category].label, Named(f"{category}_m2_per_person")
    share_of_ac, added = _AC * person / Named(ART3_A_PERSON), Named(f"{category}_added_m2")
    names = [f"{category}_{what}_m2" for what in ("due", "planned", "balance")]
    it, en, short = label.it, label.en, SHORT[category]
    return (
        Formula(
            names[0], say("{s} dovuti", "{s} due", s=short), Text(f"{it}: dovuti", f"{en}: due"), "m²", _PEOPLE * person
        ),
        Formula(
            names[1],
            say("{s} previsti", "{s} planned", s=short),
            Text(f"{it}: previsti", f"{en}: planned"),
            "m²",
            share_of_ac + added,
        ),
        Formula(
            names[2],
            say("{s} saldo", "{s} balance", s=short),
            Text(f"{it}: saldo", f"{en}: balance"),
            "m²",
            Named(names[1]) - Named(names[0]),
        ),
    )


def _sum_of(what: str) -> Quantity:
    first, *others = (Named(f"{part}_{what}_m2") for part in PARTS)
    total: Quantity = first
    for other in others:
        total = total + other
    return total


_TOTALS = tuple(
    Formula(
        f"{TOTAL}_{what}_m2",
        Text(f"Totale {word}", f"Total {english}"),
        Text(f"Totale: {word}", f"Total: {english}"),
        "m²",
        _sum_of(what),
    )
    for what, word, english in (
        ("due", "dovuti", "due"),
        ("planned", "previsti", "planned"),
        ("balance", "saldo", "balance"),
    )
)
_COMMERCIAL_DUE = Named("commercial_m2") * share_of("art5_commercial_pct")
_ART5 = (
    Formula(
        "art5_due_m2",
        Text("Art. 5 dovuti", "Art. 5 due"),
        Text("Art. 5: spazi pubblici dovuti", "Art. 5: public space due"),
        "m²",
        _COMMERCIAL_DUE + _ST * share_of("industrial_pct") * share_of("art5_industrial_pct"),
    ),
    Formula(
        "art5_parking_due_m2",
        Text("Art. 5 parcheggi", "Art. 5 parking"),
        Text("di cui parcheggi", "of which parking"),
        "m²",
        _COMMERCIAL_DUE / 2,
    ),
    Formula(
        "public_balance_m2",
        Text("Saldo pubblico", "Public balance"),
        Text("Saldo degli spazi pubblici, art. 3 e art. 5", "Balance of public space, art. 3 and art. 5"),
        "m²",
        Named(f"{TOTAL}_balance_m2") - Named("art5_due_m2"),
    ),
    Formula(
        "private_parking_due_m2",
        Text("Parcheggi pertinenziali", "Private parking"),
        Text("Parcheggi pertinenziali dovuti", "Private parking due"),
        "m²",
        _FLOOR * Named("storey_height_m") / Named("parking_m3_per_m2"),
    ),
)

STANDARDS: tuple[Formula, ...] = (*(formula for part in PARTS for formula in _standards(part)), *_TOTALS, *_ART5)
