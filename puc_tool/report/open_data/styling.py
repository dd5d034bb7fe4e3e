"""How published layers look in a GIS: the very colours of the sheets, declared as classes with conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from analyses.constraint_kinds import KINDS as CONSTRAINTS
from analyses.hazard.classes import FLOOD, LANDSLIDE, class_label
from layers.text import Text, say
from puc_tool.maps import context_theme, hazard_theme
from puc_tool.maps.style import ACCENT, NEIGHBOURHOOD, Fill, Mark, Stroke
from puc_tool.report.open_data.holdings import Layer

Look = Fill | Stroke | Mark


@dataclass(frozen=True)
class Condition:
    """``column`` equals ``value``, is one of ``values``, or lies from ``low`` (included) to ``high``."""

    column: str
    value: str = ""
    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] = ()

    @property
    def any_of(self) -> tuple[str, ...]:
        """What the column may be, where it is no range."""
        return self.values or (self.value,)


@dataclass(frozen=True)
class Class:
    """What meets all ``conditions`` is drawn as ``look``; without any, everything is."""

    label: Text
    look: Look
    conditions: tuple[Condition, ...] = ()


_OUTLINE = Fill("#ffffff", 0.0, edge=NEIGHBOURHOOD.colour, edge_mm=0.26)
_PLAIN: Mapping[int, Look] = {0: Mark("dot", ACCENT, 2.2), 1: Stroke(ACCENT, 0.4), 2: _OUTLINE}
_STEPS = ((0.0, "#f6ead9"), (10.0, "#f3c9a5"), (25.0, "#e99b7a"), (50.0, "#d55a50"), (75.0, "#be0019"))
_SUITABLE = Fill("#7fae5a", edge="#2f6b39", edge_mm=0.16)
_DISTRICT = Fill("#d9a9c8", edge="#7a2a5c", edge_mm=0.3)


def classes_of(layer: Layer) -> tuple[Class, ...]:
    """Return the classes of a layer that it has features of; one class for all where it has none of its own."""
    told = tuple(_classes(layer))
    here = tuple(each for each in told if _is_there(each, layer))
    return here or (Class(Text(layer.source, layer.source), _PLAIN[layer.dimension]),)


def _classes(layer: Layer) -> Iterator[Class]:
    columns = set(layer.frame.columns)
    if layer.analysis.id == "hazard-exposure" and {"hazard", "class"} <= columns:
        yield from _hazards()
    elif layer.analysis.id == "context" and "kind" in columns:
        yield from _constraints(layer.dimension)
    elif layer.name == "garden_suitability_sites":
        yield Class(Text("Siti idonei agli orti", "Sites suitable for gardens"), _SUITABLE)
    elif layer.name == "transformation_districts_districts":
        yield Class(Text("Distretti di trasformazione", "Transformation districts"), _DISTRICT)
    elif "consumed_pct" in columns:
        yield from _shares()


def _hazards() -> Iterator[Class]:
    for hazard, codelist in (("flood", FLOOD), ("landslide", LANDSLIDE)):
        for code, style in hazard_theme.STYLES[codelist].items():
            label = say("{c} {l}", "{c} {l}", c=code, l=class_label(code, codelist))
            yield Class(label, style, (Condition("hazard", hazard), Condition("class", code)))


def _constraints(dimension: int) -> Iterator[Class]:
    for kind_id, kind in CONSTRAINTS.items():
        look = context_theme.style_of(kind_id, dimension)
        assert isinstance(look, Look), "constraints are ground, lines or signs"
        yield Class(kind.label, look, (Condition("kind", kind_id),))


def _shares() -> Iterator[Class]:
    highs = [*(low for low, _ in _STEPS[1:]), 100.000001]
    for (low, colour), high in zip(_STEPS, highs, strict=True):
        label = say("{l}–{h} % di suolo consumato", "{l}–{h}% of consumed soil", l=round(low), h=round(high))
        yield Class(
            label, replace(_OUTLINE, colour=colour, opacity=1.0), (Condition("consumed_pct", low=low, high=high),)
        )


def _is_there(each: Class, layer: Layer) -> bool:
    frame = layer.frame
    for condition in each.conditions:
        values = frame[condition.column]
        if condition.low is None:
            frame = frame[values.astype(str).isin(condition.any_of)]
        else:
            frame = frame[(values >= condition.low) & (values < condition.high)]
    return bool(len(frame))
