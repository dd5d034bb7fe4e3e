"""What the levels of the sea are called (``sea_level_scenarios.csv``): rises of the mean, a surge, and both."""

from __future__ import annotations

from analyses.coded import Words
from layers.text import Text, say

SURGE = "storm_surge"
_RISES = {
    "observed": Text("osservato nell'ultimo secolo", "observed in the last century"),
    "enea_low": Text("ENEA, prudente, limite basso", "ENEA, cautious, low bound"),
    "enea_mid": Text("ENEA, prudente, limite alto", "ENEA, cautious, high bound"),
    "enea_high_low": Text("ENEA, alto, limite basso", "ENEA, high, low bound"),
    "enea_high": Text("ENEA, alto, limite alto", "ENEA, high, high bound"),
    "enea_2023_best": Text("ENEA 2023, caso migliore", "ENEA 2023, best case"),
    "enea_2023_worst": Text("ENEA 2023, caso peggiore", "ENEA 2023, worst case"),
}
_SURGE = Text("mareggiata", "storm surge")
LEVELS: Words = {
    **_RISES,
    SURGE: _SURGE,
    **{f"{name}+{SURGE}": say("{r}, con {s}", "{r}, with {s}", r=rise, s=_SURGE) for name, rise in _RISES.items()},
}
