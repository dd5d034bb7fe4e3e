"""What a base sheet is: one layer of the study, shown by its classes. Declared as data, drawn by one builder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import shapely
from geopandas import GeoDataFrame
from shapely.geometry.base import BaseGeometry

from layers.spec import Role
from layers.text import NOTHING, Text
from puc_tool.maps.sheet import Column
from puc_tool.maps.style import Fill


@dataclass(frozen=True)
class BaseClass:
    """One class of the layer: its name, its look, its ground inside the boundary, and its cells in the table.

    ``code`` is that of the class in the role's official codelist, by which somebody may have given it another colour.
    """

    label: Text
    style: Fill
    ground: BaseGeometry
    cells: tuple[Text, ...] = ()
    code: str = ""

    @property
    def area_m2(self) -> float:
        """The planar area of the ground, in the study's CRS."""
        return float(shapely.area(self.ground))


@dataclass(frozen=True)
class BaseTheme:
    """A base sheet as data.

    ``classes`` sorts the layer, which is cut to the boundary; the order is that of the legend. ``columns`` are the
    table's beyond name, hectares and percent. Of a numbered theme each class is one place, found by its number.
    ``largest`` begins the sentence «La zona più estesa è …»; ``rest`` is what the ground in no class is called.
    """

    id: str
    code: str
    title: Text
    subtitle: Text
    role: Role
    each: Text
    many: Text
    largest: Text
    rest: Text
    classes: Callable[[GeoDataFrame], tuple[BaseClass, ...]]
    columns: tuple[Column, ...] = ()
    is_numbered: bool = False
    signs: tuple[tuple[Text, Fill], ...] = ()
    note: Text = NOTHING
