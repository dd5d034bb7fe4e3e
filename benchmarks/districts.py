"""A scenario while it is drawn, on the demonstration city: ``python -m benchmarks.districts``.

Three things are timed, each as the least of its rounds: a parameter moved until the whole scheda stands with its
formulas (limit 50 ms), an outline redrawn with its overlays (300 ms; each time another one), 1,000 scenarios compared
(10 s). Beside the seconds stands the ratio to what gives the same figures without the live scenario, in turn in the
same run: for the moves a fresh run of the analysis, for the redrawn outline also geopandas' overlay of that one outline
with the layers that bind, for the scenarios one sheet after the other. Fails when a limit is passed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import geopandas
import numpy as np
from geopandas import GeoDataFrame

from analyses.districts.case import Case, Layers
from analyses.districts.causes import Grounds
from analyses.districts.comparison import comparison
from analyses.districts.live import LiveScenario, opened
from analyses.districts.params import DistrictParams
from analyses.districts.scenarios import Edit, Scenario, ordered
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS, transformation_districts
from puc_tool.demo.study import write_study
from puc_tool.shelf import Shelf
from puc_tool.studies import study_reading

SCENARIOS = 1000
ROUNDS = 9
MOVED_MS, REDRAWN_MS, COMPARED_MS = 50.0, 300.0, 10_000.0
DISTRICT = "IP"
BINDING = ("flood_hazard", "landslide_hazard", "contaminated_sites", "constraints")
LINES = ("coastline", "hydrography", "railways")


def least_ms(*works: Callable[[], object], rounds: int) -> list[float]:
    """Return the least milliseconds of each work, done in turn, after one round of warm-up."""
    times = [[_ms(work) for work in works] for _ in range(1 + rounds)]
    return np.array(times)[1:].min(axis=0).tolist()


def _ms(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return 1000.0 * (perf_counter() - start)


def told(what: str, ms: float, limit_ms: float, beside: dict[str, float]) -> bool:
    ratios = ", ".join(f"{name} takes {peer / ms:.1f} times as long" for name, peer in beside.items())
    print(f"  {what:28} {ms:8.1f} ms (limit {limit_ms:,.0f}); {ratios}")
    return ms <= limit_ms


def moved(live: LiveScenario, inputs: dict[str, Any]) -> bool:
    values = (0.1 + step / 1000.0 for step in count())
    ours, fresh = least_ms(
        lambda: live.moved(DISTRICT, "ut_m2_m2", next(values)).scheda(DISTRICT),
        lambda: transformation_districts(
            **inputs, scenarios=(Scenario("x", "", (Edit(DISTRICT, "ut_m2_m2", next(values)),)),)
        ),
        rounds=ROUNDS,
    )
    return told("a parameter moved", ours, MOVED_MS, {"a fresh run": fresh})


def redrawn(live: LiveScenario, inputs: dict[str, Any]) -> bool:
    outline = live.case.plan.outlines[list(live.case.plan.frame["code"]).index(DISTRICT)]
    outlines = (outline.buffer(-1.0 - step / 10.0) for step in count())
    grounds = [inputs[name] for name in BINDING if inputs[name] is not None]
    grounds = [ground[ground.geom_type.isin(["Polygon", "MultiPolygon"])] for ground in grounds]

    def overlay() -> None:
        one = GeoDataFrame(geometry=[next(outlines)], crs=live.crs)
        for ground in grounds:
            geopandas.overlay(one, ground[["geometry"]], keep_geom_type=True)

    ours, fresh, peer = least_ms(
        lambda: live.redrawn(DISTRICT, next(outlines)).scheda(DISTRICT),
        lambda: transformation_districts(
            **inputs, scenarios=(Scenario("x", "", (Edit(DISTRICT, "geometry", next(outlines)),)),)
        ),
        overlay,
        rounds=ROUNDS,
    )
    return told("an outline redrawn", ours, REDRAWN_MS, {"a fresh run": fresh, "geopandas' overlay alone": peer})


def compared(live: LiveScenario) -> bool:
    shares = np.random.default_rng(1).uniform(0.1, 0.4, SCENARIOS)
    many = ordered([Scenario(f"s{at:04d}", "", (Edit(DISTRICT, "ut_m2_m2", ut),)) for at, ut in enumerate(shares)])

    def case() -> Case:
        return replace(live.case, scenarios=many)

    def one_by_one() -> None:
        held = case()
        for plan in held.plans.values():
            held.sheet(plan)

    ours, peer = least_ms(lambda: comparison(case()), one_by_one, rounds=2)
    return told(f"{SCENARIOS} scenarios compared", ours, COMPARED_MS, {"one sheet after the other": peer})


def main() -> int:
    with TemporaryDirectory() as folder:
        write_study(Path(folder))
        inputs = dict(Shelf(study_reading.read(Path(folder))).inputs(TRANSFORMATION_DISTRICTS))
        del inputs["scenarios"]
        layers = Layers(
            Grounds(*(inputs[name] for name in (*BINDING, *LINES))), inputs["soil_consumption"], inputs["census"]
        )
        districts = inputs["districts"]
        print(f"{len(districts)} districts of the demonstration, {DISTRICT} edited")
        live = opened(inputs["boundary"], districts, layers, DistrictParams(), scenario=Scenario("nuovo"))
        held = [moved(live, inputs), redrawn(live, inputs), compared(live)]
    print("held" if all(held) else "NOT held: a limit is passed")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
