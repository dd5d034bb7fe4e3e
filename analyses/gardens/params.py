"""What a planner may change in the suitability for urban gardens."""

from __future__ import annotations

from dataclasses import dataclass

from analyses.gardens.criteria import DEFAULTS, Criterion
from analyses.gardens.scenarios import ALL as SCENARIOS
from analyses.params import param, param_rows
from layers.text import Text, same

_APART = Text(
    "Scarto tipo del punteggio fra gli insiemi di pesi; una classe di idoneità è larga 0,2. Soglia proposta.",
    "Standard deviation of the score over the weight sets; a class of suitability is 0.2 wide. A proposed limit.",
)


def _disagreement(least: float, label: Text) -> float:
    return param(least, label, low=0.0, high=0.5, help=_APART, is_detail=True, is_verified=False)


@dataclass(frozen=True)
class Judgement:
    """One pairwise judgement on Saaty's scale; ``id`` is «first:second», two criteria."""

    id: str
    value: float = param(1.0, Text("quanto più importante", "how much more important"), low=1 / 9, high=9.0)

    @property
    def title(self) -> Text:
        """The two criteria."""
        return same(self.id)

    @property
    def pair(self) -> tuple[str, str]:
        """The criterion judged and the one it is held against."""
        first, _, second = self.id.partition(":")
        return first.strip(), second.strip()


@dataclass(frozen=True)
class WeightSet:
    """How somebody else would weigh: «slope 0.3; water 0.1»; a criterion that is not named has no say."""

    id: str
    weights: str = param("", Text("pesi", "weights"))

    @property
    def title(self) -> Text:
        """Whose weights they are."""
        return same(self.id)


@dataclass(frozen=True)
class GardenParams:
    """Criteria and weights, how they are combined, what makes a site, and how firmly it must stand."""

    criterion: tuple[Criterion, ...] = param_rows(DEFAULTS, Criterion, Text("Criteri", "Criteria"))
    judgement: tuple[Judgement, ...] = param_rows(
        (),
        Judgement,
        Text("Confronti a coppie (AHP)", "Pairwise judgements (AHP)"),
        Text("I criteri confrontati si dividono fra loro il peso che hanno.", "Judged criteria share their weight."),
    )
    weight_set: tuple[WeightSet, ...] = param_rows((), WeightSet, Text("Altri insiemi di pesi", "Other weight sets"))
    scenario: str = param("base", Text("Scenario", "Scenario"), words={each.id: each.title for each in SCENARIOS})
    orness: float = param(
        0.5,
        Text("Fra «tutti i criteri» (0) e «ne basta uno» (1)", "Between “all criteria” (0) and “any” (1)"),
        low=0.0,
        high=1.0,
        help=Text("½ è la somma pesata.", "½ is the weighted sum."),
    )
    least_score: float = param(0.6, Text("Idoneo da", "Suitable from"), low=0.0, high=1.0, is_verified=False)
    cell_m: float = param(5.0, Text("Lato della cella", "Side of a cell"), unit="m", low=1.0, high=500.0)
    least_site_m2: float = param(
        500.0, Text("Superficie minima", "Minimum size"), unit="m²", low=0.0, high=1e6, is_verified=False
    )
    least_compactness: float = param(
        0.05,
        Text("Compattezza minima", "Minimum compactness"),
        low=0.0,
        high=1.0,
        help=Text("4πA/P²: 1 è un cerchio.", "4πA/P²: 1 is a circle."),
        is_verified=False,
    )
    plot_m2: float = param(50.0, Text("Superficie di un orto", "Size of a plot"), unit="m²", low=5.0, high=5000.0,
                           is_verified=False)  # fmt: skip
    paths_pct: float = param(25.0, Text("Quota dei percorsi", "Share of paths"), unit="%", low=0.0, high=90.0,
                             is_verified=False)  # fmt: skip
    demand_m: float = param(500.0, Text("Raggio dei residenti serviti", "Reach of residents"), unit="m", low=50.0,
                            high=2000.0, is_verified=False)  # fmt: skip
    detour: float = param(
        1.3, Text("Allungamento dei percorsi a piedi", "Detour of walks"), low=1.0, high=3.0, is_verified=False
    )
    clear_sky_pct: float = param(
        70.0,
        Text("Sole di un anno medio su cielo sereno", "Sun of a mean year against clear sky"),
        unit="%",
        low=10.0,
        high=100.0,
        is_verified=False,
    )
    top: int = param(10, Text("Primi posti", "First places"), low=1, high=10_000)
    draws: int = param(5000, Text("Estrazioni dei pesi", "Draws of weights"), low=1, high=100_000)
    spread_pct: float = param(
        20.0, Text("Scarto di ogni peso", "How far each weight strays"), unit="%", low=0.0, high=100.0
    )
    disagreement_slight: float = _disagreement(0.10, Text("Disaccordo lieve da", "Slight disagreement from"))
    disagreement_clear: float = _disagreement(0.15, Text("Disaccordo evidente da", "Clear disagreement from"))
    disagreement_strong: float = _disagreement(0.20, Text("Disaccordo forte da", "Strong disagreement from"))


UNTOUCHED = GardenParams()
"""The parameters of an untouched form."""
