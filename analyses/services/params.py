"""How coverage is measured: who walks, and what counts as near. Defaults: ``accessibility_params.csv``."""

from __future__ import annotations

from dataclasses import dataclass

from analyses.params import param, param_rows
from analyses.services.service_kinds import KINDS
from analyses.services.walking_pace import PROFILES, Profile
from layers.text import Text, same

_DETOUR = 1.3
COVERAGE, MEDIAN = "coverage", "median"
PLACINGS = (COVERAGE, MEDIAN)


@dataclass(frozen=True)
class Threshold:
    """Another threshold than the catalogue's for the kind ``id``."""

    id: str
    walk_min: float = param(10.0, Text("minuti a piedi", "minutes on foot"), unit="min", low=0.1, high=60)

    @property
    def title(self) -> Text:
        """The kind."""
        return same(self.id)


@dataclass(frozen=True)
class CoverageParams:
    """Who walks, how far a home or a service may lie from the streets, and what is asked of places without streets."""

    profile: str = param(
        "adult",
        Text("Chi cammina", "Who walks"),
        help=Text(
            "adult (4,8 km/h), slow (anziani, 3,6), child (3,6), wheelchair (3,6, senza scale, pendenza fino all'8 %).",
            "adult (4.8 km/h), slow (elderly, 3.6), child (3.6), wheelchair (3.6, no stairs, slope up to 8 %).",
        ),
        is_verified=False,
        words={each.id: each.label for each in PROFILES.values()},
    )
    own_kind_walk_min: float = param(
        10.0,
        Text("Soglia dei servizi senza soglia propria", "Threshold of services without one of their own"),
        unit="min", low=1, high=60, is_verified=False,
    )  # fmt: skip
    snap_limit_m: float = param(
        200.0,
        Text("Distanza massima dalla rete", "Largest distance from the network"),
        unit="m", low=1, high=5000, is_verified=False,
        help=Text("Oltre, un luogo non è raggiungibile.", "A place farther away can't be reached."),
    )  # fmt: skip
    detour_factor: float = param(
        _DETOUR,
        Text("Allungamento rispetto alla linea d'aria", "Detour over the straight line"),
        low=1, high=3, is_verified=False,
        help=Text("Solo senza strade.", "Only without streets."),
    )  # fmt: skip
    least_green_ha: float = param(
        0.5, Text("Parco più piccolo che conta", "Smallest park that counts"), unit="ha", low=0, high=100
    )
    green_straight_m: float = param(
        300.0,
        Text("Verde entro, in linea d'aria", "Green within, in a straight line"),
        unit="m", low=10, high=5000,
        help=Text("Regola OMS: 0,5 ha entro 300 m.", "WHO rule: 0.5 ha within 300 m."),
    )  # fmt: skip
    catchment_band_m: float = param(
        50.0,
        Text("Fascia dei bacini attorno ai percorsi", "Band of catchments along the ways"),
        unit="m", low=5, high=500, is_verified=False,
        help=Text("Il cammino fino alla strada vi conta per intero.", "The walk to the street counts in full."),
    )  # fmt: skip
    threshold: tuple[Threshold, ...] = param_rows((), Threshold, Text("Altre soglie", "Other thresholds"))
    new_services: int = param(
        3, Text("Nuovi servizi da collocare", "New services to place"), low=0, high=20, is_verified=False
    )

    placing: str = param(
        COVERAGE,
        Text("Come si scelgono i siti", "How sites are chosen"),
        help=Text(
            "coverage (più residenti entro la soglia) o median (minor cammino medio, p-mediana).",
            "coverage (most residents within the threshold) or median (shortest mean walk, p-median).",
        ),
        is_verified=False,
        words={
            COVERAGE: Text("più residenti entro la soglia", "most residents within the threshold"),
            MEDIAN: Text("minor cammino medio", "shortest mean walk"),
        },
    )

    sheet_kind: str = param(
        "primaria",
        Text("Servizio della tavola", "Service of the sheet"),
        help=Text("Senza servizi di questo tipo, il primo che c'è.", "Without any of this kind, the first there is."),
        is_verified=False,
        words={each.id: each.label for each in KINDS.values()},
    )

    @property
    def walker(self) -> Profile:
        """The profile asked for."""
        return PROFILES[self.profile]

    def own_threshold_min(self, kind: str) -> float | None:
        """Return the threshold asked for this kind (minutes on foot), None where it is the catalogue's."""
        return next((row.walk_min for row in self.threshold if row.id == kind), None)


UNTOUCHED = CoverageParams()
"""Every parameter at its default."""
