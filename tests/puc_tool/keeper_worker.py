"""Changes a study without end, saying after each step how many were taken: to be killed. The changes are by number."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from analyses.planning_standards import STANDARDS
from analyses.soil_consumption import SOIL_CONSUMPTION
from layers.reference import LayerRef
from layers.text import same
from puc_tool.working import edited_district, edited_values, scenario_view, view
from puc_tool.working.edited_values import Spot
from puc_tool.working.keeper import Keeper, open_study
from puc_tool.working.session import Session

UNITS_AGAIN = LayerRef("reference", "data/borgo.gpkg", "quartieri")


def change(session: Session, number: int) -> None:
    """Do the step of this number: always the same in the same state."""
    draw = random.Random(number)
    row = draw.randrange(len(session.entries))
    draw.choice(
        [
            lambda: session.show(row, not session.entries[row].is_visible),
            lambda: session.fade(row, draw.randrange(101)),
            lambda: session.rename(row, draw.choice(["", "Nome", "Città è"])),
            lambda: session.move(row, draw.randrange(len(session.entries))),
            lambda: session.remove(row) if len(session.entries) > 1 else None,
            lambda: session.put_layer(UNITS_AGAIN),
            lambda: session.style(row, {view.of_layer(view.RAMP, session.entries[row].ref.key): "OrRd"}),
            lambda: session.restore_style(row),
            lambda: edited_district.put(session, "parco", f'version = 1\ntitle = "{number}"\n'),
            lambda: edit_value(session, draw),
            lambda: edit_value(session, draw),
            lambda: session.choose(draw.choice([STANDARDS, SOIL_CONSUMPTION])),
            lambda: session.set_parameter("year_to", draw.choice(["", "2012", "2023", "duemila"])),
            lambda: scenario_view.show(session.history, draw.choice(["base", "parco", "molo"]), same("Parco")),
            lambda: scenario_view.draw(session.history, ("base", draw.choice(["parco", "*"])), (same("A"), same("B"))),
            lambda: scenario_view.end(session.history),
            lambda: session.history.do(same("Ut"), {scenario_view.tried("A", "ut_m2_m2"): draw.random()}, joins=True),
            session.history.undo,
            session.history.undo,
            session.history.redo,
        ]
    )()
    for ref in session.unread:
        session.add(session.shelf.intake(ref))


def edit_value(session: Session, draw: random.Random) -> None:
    """Call a neighbourhood otherwise, or say how many live there, if the study has neighbourhoods now."""
    entry = next((each for each in session.entries if each.ref.role == "neighbourhoods"), None)
    if entry is not None:
        field = entry.intake.role.field(draw.choice(["name", "population"]))
        words = draw.choice(["1200,5", "0", "77"])
        edited_values.edit(session, Spot(entry, draw.randrange(2), field), words, "it")


def opened(study: Path) -> Keeper:
    keeper = open_study(study, SOIL_CONSUMPTION)
    for intake in keeper.session.read_layers():
        keeper.session.add(intake)
    return keeper


def main(study: Path) -> None:
    keeper = opened(study)
    keeper.troubled.connect(lambda error: sys.exit(str(error)))
    number = 0
    while True:
        change(keeper.session, number)
        number += 1
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        if number % 7 == 0:
            keeper.save()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
