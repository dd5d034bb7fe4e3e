"""The colours of suitability for gardens on paper, by the code of the class.

They follow the design of the window (its panel on gardens): one hue that deepens with suitability, so that the order
holds in grey print and for every kind of colour blindness.
"""

from __future__ import annotations

from puc_tool.maps.style import Fill

STYLES = {
    "S1": Fill("#1f6b52"),
    "S2": Fill("#67ad8b"),
    "S3": Fill("#a6c898"),
    "N1": Fill("#dfdab4"),
    "N2": Fill("#f0ebd0"),
    "excluded": Fill("#fdfdfc"),
    "undecided": Fill("#b9a9cf"),
}
