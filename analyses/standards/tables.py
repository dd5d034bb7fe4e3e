"""Categories, figures and tables of the standards scorecard, declared: they are the data dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from analyses.coded import italian
from analyses.formula_reading import formula
from analyses.result import Column, FigureSpec, MadeOf, TableSpec, about_ground
from analyses.units import OUTSIDE
from layers.codelist import is_verified, rows
from layers.text import Text


@dataclass(frozen=True)
class Category:
    """A category of DM 1444/1968 art. 3 and the least that is due to each resident (m²)."""

    id: str
    label: Text
    due_m2: float
    is_verified: bool


_ENGLISH = {
    "istruzione": "Education",
    "interesse_comune": "Common interest",
    "verde": "Green and sport",
    "parcheggi": "Public parking",
    "totale": "Total",
}
CATEGORIES: Mapping[str, Category] = {
    row["category_id"]: Category(
        row["category_id"],
        Text(row["category_it"].partition(" (")[0], _ENGLISH[row["category_id"]]),
        float(row["value"]),
        is_verified(row),
    )
    for row in rows("dm1444_standards")
    if row["context"] == "art3_base"
}
TOTAL = "totale"
PARTS: tuple[str, ...] = tuple(name for name in CATEGORIES if name != TOTAL)

_A_PERSON = "existing area of the category / residents (DM 1444/1968 art. 3)"
_BALANCE = "existing area − residents × m² due to each (DM 1444/1968 art. 3)"

_A_PERSON_WORDS = Text(
    "Superficie esistente della categoria / residenti (DM 1444/1968 art. 3).",
    "Existing area of the category / residents (DM 1444/1968 art. 3).",
)
_BALANCE_WORDS = Text(
    "Superficie esistente − residenti × m² dovuti a ciascuno (DM 1444/1968 art. 3).",
    "Existing area − residents × m² due to each (DM 1444/1968 art. 3).",
)
_PLAN_WORDS = Text(
    "Superficie esistente − residenti e abitanti dei distretti × m² dovuti a ciascuno (DM 1444/1968 art. 3).",
    "Existing area − residents and people of the districts × m² due to each (DM 1444/1968 art. 3).",
)
_NO_FACILITIES = Text("Lo studio non ha aree di questa categoria.", "The study has no areas of this category.")


def _figures(category: Category) -> tuple[FigureSpec, ...]:
    stem, it, en = f"standard_{category.id}", category.label.it, category.label.en
    existing = f"by_neighbourhood.{category.id}_existing_m2"
    provision = FigureSpec(
        f"{stem}_m2_per_person", Text(f"{it}: dotazione", f"{en}: provision"), "m2/ab", 1, _A_PERSON,
        made_of="facilities.counted_m2", only=None if category.id == TOTAL else ("category", category.id),
        formula=formula(f"{existing} / by_neighbourhood.population"), rule=_A_PERSON_WORDS, no_pieces=_NO_FACILITIES,
    )  # fmt: skip
    balance = replace(
        provision, id=f"{stem}_balance_m2", label=Text(f"{it}: saldo", f"{en}: balance"), unit="m2", decimals=0,
        method=_BALANCE, around="neighbourhood", is_part=True, rule=_BALANCE_WORDS,
        formula=formula(f"{existing} - by_neighbourhood.{category.id}_due_m2"),
    )  # fmt: skip
    plan = Text(f"{it}: saldo con gli abitanti del piano", f"{en}: balance with the plan's people")
    with_plan = replace(
        balance, id=f"{stem}_balance_plan_m2", label=plan, method=f"{_BALANCE}, with the people of the districts",
        rule=_PLAN_WORDS, formula=formula(f"{existing} - plan_by_neighbourhood.{category.id}_due_m2"),
    )  # fmt: skip
    return provision, balance, with_plan


FIGURES: tuple[FigureSpec, ...] = tuple(spec for category in CATEGORIES.values() for spec in _figures(category))

_UNIT = (
    Column("code", Text("Codice", "Code")),
    Column("name", Text("Nome", "Name"), words=italian(OUTSIDE)),
    Column("population", Text("Residenti", "Residents"), "ab", 6),
)


def _of_each(people: str, *, existing: bool) -> tuple[Column, ...]:
    """Return the columns of every category; ``people`` is the formula of those to whom something is due."""
    return tuple(column for each in CATEGORIES.values() for column in _columns(each, people, existing=existing))


def _columns(category: Category, people: str, *, existing: bool) -> tuple[Column, ...]:
    it, en = category.label.it, category.label.en
    due_to_each = " + ".join(f"{name}_m2_per_person" for name in (PARTS if category.id == TOTAL else (category.id,)))
    due = Column(
        f"{category.id}_due_m2", Text(f"{it}: dovuti", f"{en}: due"), "m²", 6,
        formula=formula(f"({people}) * ({due_to_each})"),
    )  # fmt: skip
    there = Column(f"{category.id}_existing_m2", Text(f"{it}: esistenti", f"{en}: existing"), "m²", 6)
    balance = Column(
        f"{category.id}_balance_m2", Text(f"{it}: saldo", f"{en}: balance"), "m²", 6,
        formula=formula(f"{category.id}_existing_m2 - {category.id}_due_m2") if existing else None,
    )  # fmt: skip
    return (due, there, balance) if existing else (due, balance)


_OF_UNIT = about_ground("neighbourhood", ("code", "code"))
_AREAS = MadeOf("facilities", (("code", "unit"),))
_BALANCES = {f"{name}_balance_m2": f"{name}_existing_m2" for name in CATEGORIES}
_OF_BALANCES = replace(_AREAS, columns=_BALANCES, tells=tuple(_BALANCES), around=_OF_UNIT, is_part=True)
"""A balance is the areas that count, less what is due to those who live around them."""
BY_NEIGHBOURHOOD = TableSpec(
    "by_neighbourhood",
    Text("Standard per quartiere", "Standards by neighbourhood"),
    (*_UNIT, *_of_each("population", existing=True)),
    made_of=(_OF_BALANCES, _AREAS, _OF_UNIT),
)
PLAN = TableSpec(
    "plan_by_neighbourhood",
    Text("Standard con gli abitanti del piano", "Standards with the plan's people"),
    (
        *_UNIT,
        Column("people_new", Text("Abitanti del piano", "The plan's people"), "ab", 6),
        *_of_each("population + people_new", existing=False),
    ),
    unit="neighbourhood",
    made_of=(_OF_BALANCES, _OF_UNIT),
)
_COUNTED = {"facilities": "", "real_m2": "area_m2"}
COUNTED = TableSpec(
    "counted",
    Text("Superfici reali e computate", "Real and counted areas"),
    (
        Column(
            "category",
            Text("Categoria", "Category"),
            words={each.id: each.label for each in CATEGORIES.values()},
        ),
        Column("facilities", Text("Attrezzature", "Facilities"), "", 0),
        Column("real_m2", Text("Superficie reale", "Real area"), "m²", 6),
        Column("counted_m2", Text("Superficie computata", "Counted area"), "m²", 6),
    ),
    made_of=(
        MadeOf("facilities", (("category", "category"),), _COUNTED),
        MadeOf("facilities", (), _COUNTED, only=("category", TOTAL)),
    ),
    no_pieces=_NO_FACILITIES,
)
TABLES: tuple[TableSpec, ...] = (BY_NEIGHBOURHOOD, PLAN, COUNTED)
