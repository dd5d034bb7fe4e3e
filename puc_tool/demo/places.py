"""Where things lie in the demonstration city, in metres of EPSG:7791.

Real: the names (`la_spezia_neighbourhoods.csv`, `transformation_districts.csv`) and the coordinates of fifteen
neighbourhoods. Everything else in this file is made up: it only has to look like a city around a gulf.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pyproj import Transformer

from layers.codelist import Row, rows

CODE = "011015"
CRS_CODE = 7791

Point = tuple[float, float]
Path = tuple[Point, ...]
Character = Literal["centre", "town", "works", "hill"]

GULF: Point = (567500.0, 4882500.0)
OPEN_SEA: Point = (562600.0, 4880000.0)
CENTRE: Point = (566150.0, 4884250.0)

# The middle of the plain around the gulf, west to east, then three tongues towards the water.
PLAIN: tuple[Path, ...] = (
    ((564900, 4884300), (565400, 4884750), (566300, 4884600), (566900, 4885100), (567600, 4885300),
     (568200, 4885100), (568600, 4884500), (568900, 4883700), (569250, 4883100)),
    ((566000, 4884600), (565750, 4883600)),
    ((567600, 4885300), (567650, 4884200)),
    ((569250, 4883100), (570200, 4882200)),
)  # fmt: skip


@dataclass(frozen=True)
class Valley:
    """A valley from its mouth in the plain to its head, whose floor is ``head_m`` above the sea."""

    path: Path
    head_m: float


VALLEYS: tuple[Valley, ...] = (
    Valley(((567700, 4885400), (567900, 4886100), (567750, 4886800), (567350, 4887600), (567300, 4888600)), 150),
    Valley(((568200, 4885100), (568900, 4885500), (569500, 4885900), (570100, 4886300), (570900, 4886900)), 45),
    Valley(((568500, 4884800), (569300, 4884950), (570100, 4884900), (570800, 4884850), (571800, 4885000)), 60),
    Valley(((565200, 4884600), (564900, 4885300), (564350, 4885900), (563700, 4886500), (562700, 4887100)), 260),
    Valley(((564900, 4884300), (564300, 4883900), (563800, 4883500), (563100, 4883100)), 260),
    Valley(((566500, 4884800), (566500, 4885500), (566750, 4886200), (566350, 4886900)), 140),
    Valley(((564900, 4884500), (564200, 4884850), (563500, 4884950), (562600, 4885000)), 280),
    Valley(((569000, 4883500), (569600, 4883700), (570200, 4883900)), 70),
    Valley(((567600, 4889800), (566200, 4889000), (564800, 4888400), (563600, 4887800), (562800, 4887300)), 170),
)


@dataclass(frozen=True)
class Summit:
    """How much the land may rise above its surroundings about a point, and how widely."""

    at: Point
    rise_m: float
    width_m: float


SUMMITS: tuple[Summit, ...] = (
    Summit((563300, 4881700), 330, 1100),
    Summit((561700, 4884600), 330, 1300),
    Summit((563700, 4886000), 130, 1000),
    Summit((566300, 4887900), 120, 900),
    Summit((568700, 4887200), 60, 900),
    Summit((570400, 4883400), 20, 900),
)


@dataclass(frozen=True)
class Place:
    """A neighbourhood's centre; ``known`` when a public source gives its coordinates."""

    code: str
    name: str
    at: Point
    character: Character
    known: bool


_WORKS = frozenset({"Q05", "Q07", "Q27", "Q28", "Q31", "Q47", "Q48"})
_CENTRE = frozenset({"Q08", "Q37", "Q38", "Q13"})
_HILL = frozenset({"Q16", "Q17", "Q18", "Q21", "Q22", "Q23", "Q24", "Q29", "Q30", "Q32", "Q33", "Q40"})
_MADE_UP: dict[str, Point] = {
    "Q16": (563150, 4883000), "Q17": (565560, 4881950), "Q18": (564350, 4880450), "Q21": (566150, 4887050),
    "Q22": (565220, 4882560), "Q23": (570050, 4883150), "Q24": (569200, 4886450), "Q25": (564350, 4884050),
    "Q26": (565850, 4885350), "Q27": (569750, 4886050), "Q28": (569250, 4885350), "Q29": (563650, 4886350),
    "Q30": (564750, 4887250), "Q31": (570150, 4884850), "Q32": (568500, 4886700), "Q33": (565300, 4888050),
    "Q37": (565050, 4884250), "Q38": (565800, 4884150), "Q40": (562350, 4881500), "Q47": (569350, 4882950),
    "Q48": (569950, 4882350),
}  # fmt: skip


def places() -> tuple[Place, ...]:
    """Return the neighbourhoods of the demonstration, by code: 15 where they are, 21 where they might be."""
    return tuple(_place(row) for row in rows("la_spezia_neighbourhoods") if row["lat"] or row["id"] in _MADE_UP)


def _place(row: Row) -> Place:
    code = row["id"]
    at = _projected(float(row["lon"]), float(row["lat"])) if row["lat"] else _MADE_UP[code]
    return Place(code, row["name"], at, _character(code), bool(row["lat"]))


def _character(code: str) -> Character:
    if code in _CENTRE:
        return "centre"
    if code in _WORKS:
        return "works"
    return "hill" if code in _HILL else "town"


def _projected(lon: float, lat: float) -> Point:
    x, y = Transformer.from_crs(4326, CRS_CODE, always_xy=True).transform(lon, lat)
    # Millimetres: another PROJ's last bit must not move a boundary.
    return round(x, 3), round(y, 3)


# Where roads leave the commune: Lerici, Arcola, Vezzano, Follo, Riccò, Riomaggiore, Portovenere.
EXITS: Path = (
    (570900, 4881900), (571600, 4884950), (570700, 4886800), (567500, 4889100), (562700, 4887700),
    (561200, 4885000), (565700, 4880900),
)  # fmt: skip
MOTORWAY: Path = ((571500, 4885900), (570300, 4885750), (569350, 4885450), (568950, 4884950), (568820, 4884300))
JUNCTIONS: Path = ((569350, 4885450), (568920, 4884880), (570200, 4885740))

RAILWAYS: tuple[Path, ...] = (
    ((571600, 4886300), (570200, 4886050), (569000, 4885850), (568000, 4885650), (567000, 4885350),
     (566200, 4885000), (565300, 4884950), (564650, 4884550)),
    ((568350, 4885730), (568500, 4885300), (568350, 4884700), (568200, 4884330)),
)  # fmt: skip
YARDS: tuple[Path, ...] = (
    ((566450, 4885100), (565600, 4884960)),
    ((568700, 4885790), (567900, 4885620)),
)

QUAYS: tuple[tuple[Point, float], ...] = (
    ((567700, 4884200), 620), ((568450, 4884250), 420), ((569250, 4883050), 300), ((570000, 4882150), 330),
    ((565350, 4883250), 560), ((566600, 4884130), 260),
)  # fmt: skip
"""Middle and radius of the harbour's parts; within them a strip along the shore is quay."""


@dataclass(frozen=True)
class Spot:
    """A roundish thing on the map."""

    kind: str
    at: Point
    radius_m: float


SPOTS: tuple[Spot, ...] = (
    Spot("park", (566250, 4883880), 120), Spot("park", (567350, 4885650), 100), Spot("park", (565250, 4885250), 110),
    Spot("park", (568150, 4885050), 90), Spot("park", (566750, 4884650), 70), Spot("pitch", (567100, 4884650), 55),
    Spot("pitch", (564950, 4884050), 50), Spot("pitch", (569050, 4884720), 60), Spot("pitch", (566350, 4885500), 45),
    Spot("quarry", (564950, 4886350), 95), Spot("quarry", (569950, 4884350), 110),
    Spot("quarry", (564300, 4882300), 80), Spot("landfill", (570350, 4883850), 130),
    Spot("solar", (570350, 4884500), 80), Spot("solar", (569950, 4886400), 60),
    Spot("sparse_solar", (569000, 4886750), 45), Spot("basin", (569700, 4884200), 40),
    Spot("basin", (568300, 4886950), 30), Spot("greenhouse", (568850, 4886350), 26),
    Spot("soft_greenhouse", (567350, 4887350), 24), Spot("depot", (569600, 4884600), 30),
)  # fmt: skip
VIADUCT: tuple[Point, float] = ((569000, 4885030), 70)
GROWTH: Mapping[int, Path] = {
    2017: ((569350, 4886050), (567150, 4886450), (564850, 4885250), (569950, 4885050)),
    2012: ((570250, 4884950), (568150, 4886150), (569700, 4882900), (566450, 4885750), (569400, 4884700)),
}
"""About where the city grew after each year."""
RESTORED: Mapping[int, Path] = {
    2017: ((568900, 4884350), (565900, 4885700)),
    2012: ((569900, 4884000), (564500, 4885050), (568600, 4886500)),
}
"""About where building sites became green again after each year."""

DISTRICTS: tuple[tuple[str, Point, float, float, float], ...] = (
    ("IP", (568800, 4885330), 500, 400, 0.12), ("ENEL", (569650, 4883950), 480, 330, 0.0),
    ("WF", (567000, 4884420), 200, 70, 0.0), ("MIRABELLO", (566590, 4884130), 200, 75, 0.79),
    ("SIO", (568560, 4884720), 190, 130, 0.1), ("FOSS", (568930, 4884180), 260, 170, -0.9),
    ("PROSPERI", (565600, 4884900), 170, 120, 0.2),
)  # fmt: skip
"""Code in `transformation_districts.csv`, made-up middle, half length, half width and turn of each district.

Where the codelist gives an area the outline takes it; the others have the Arsenal's and the barracks' outlines.
"""
RECOMPOSED: tuple[tuple[Point, float], ...] = (
    ((564700, 4884900), 120),
    ((568100, 4885750), 140),
    ((567600, 4884950), 110),
)
COLLI: tuple[Point, float] = ((566250, 4885350), 330)
ARSENAL: Path = (
    (565250, 4883760), (566060, 4883760), (566420, 4883350), (566250, 4882700), (565500, 4882750), (565300, 4883350),
)  # fmt: skip
"""The Arsenal's corners; what lies in the water or under a public road is not of it."""
BARRACKS: tuple[tuple[str, Point, float, float], ...] = (
    ("Casermette di Pagliari", (569480, 4883420), 230, 140),
    ("Base di San Bartolomeo", (569480, 4882560), 210, 120),
    ("Polveriera di Vallegrande", (570750, 4883350), 190, 150),
)
"""Name, made-up middle, half length and half width of the other military areas."""
FORTS: Path = (
    (563300, 4881700), (562450, 4883950), (563700, 4886000), (566300, 4887900), (568150, 4886950), (570400, 4883400),
)  # fmt: skip
"""Made-up hill forts, on or near the summits."""
