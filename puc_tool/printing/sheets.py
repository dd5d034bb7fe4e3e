"""Every sheet the tool can draw. To add one: write its builder, add one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analyses import params as parameters
from analyses.analysis import Analysis
from analyses.constraints_and_resources import CONTEXT_ANALYSIS
from analyses.garden_suitability import GARDEN_SUITABILITY
from analyses.hazard_exposure import HAZARD_EXPOSURE
from analyses.planning_standards import STANDARDS
from analyses.service_coverage import SERVICE_COVERAGE
from analyses.soil_consumption import SOIL_CONSUMPTION
from analyses.transformation_districts import TRANSFORMATION_DISTRICTS
from layers import roles
from layers.text import Lang, Text
from puc_tool.maps import base_themes, garden_comparison
from puc_tool.maps.base_sheet import base_sheet
from puc_tool.maps.base_theme import BaseTheme
from puc_tool.maps.cell_themes import DISAGREEMENT
from puc_tool.maps.context_sheet import context_sheet
from puc_tool.maps.district_sheet import district_sheet
from puc_tool.maps.garden_sheet import garden_sheet
from puc_tool.maps.garden_site_sheet import garden_site_sheet
from puc_tool.maps.hazard_sheet import hazard_sheet
from puc_tool.maps.hazard_theme import THEMES as HAZARDS
from puc_tool.maps.register_sheet import register_sheet
from puc_tool.maps.result_themes import CATCHMENT, HOMES
from puc_tool.maps.services_sheet import services_sheet
from puc_tool.maps.sheet import Context, Sheet
from puc_tool.maps.soil_sheet import soil_sheet
from puc_tool.maps.standards_sheet import standards_sheet
from puc_tool.shelf import Shelf
from puc_tool.working.view import ThemeKey
from puc_tool.written import Written


def _none(written: Written) -> tuple[str, ...]:
    return ()


def _all(written: Written) -> tuple[str, ...]:
    """The plan's new floor area and the register's entries depend on no parameter that has a default."""
    return tuple(written.parameters)


@dataclass(frozen=True)
class SheetKind:
    """A sheet of the pack: ``number`` orders the files, ``build`` fills it from the written results.

    Most sheets are of the whole ground and frame any part of it. A sheet ``of`` one kind of unit is about one of them:
    by that coverage it comes for each, by any other once, of the one its builder chooses. ``unshown`` tells which
    parameters of the analysis have no part in what the sheet shows; ``subject`` is the figure that counts what it is
    about: without any there is nothing to show. ``theme_ids`` are the themes of results, and ``wears`` the roles of
    layers, whose style the sheet has; ``keeps_classes``: its classes are those of the law or of the analysis, whatever
    field somebody classes by, and the style gives them colours, fill, width and opacity.
    """

    id: str
    number: int
    title: Text
    analysis: Analysis
    build: Callable[[Shelf, Written, Context, Lang], Sheet]
    of: str = ""
    unshown: Callable[[Written], tuple[str, ...]] = _none
    subject: str = ""
    theme_ids: tuple[str, ...] = ()
    wears: tuple[str, ...] = ()
    keeps_classes: bool = True

    @property
    def themes(self) -> tuple[ThemeKey, ...]:
        """The themes of results whose style the sheet has."""
        return tuple(ThemeKey(self.analysis.id, theme) for theme in self.theme_ids)

    @property
    def stem(self) -> str:
        """The file name without its ending."""
        return f"{self.number:02d}_{self.id}"

    def unverified(self, written: Written) -> tuple[Text, ...]:
        """Return the labels of the parameters it shows that were left at a default that no source confirms."""
        told = set(written.parameters) - set(self.unshown(written))
        return tuple(
            entry.about.label
            for name, entry in parameters.entries(self.analysis.params).items()
            if not entry.about.is_verified and name in told and written.parameters[name] == entry.default
        )


@dataclass(frozen=True)
class BaseKind:
    """A base sheet: it shows a layer of the study as it is, so that no analysis need be run."""

    number: int
    theme: BaseTheme
    themes: tuple[ThemeKey, ...] = ()
    keeps_classes: bool = False

    @property
    def wears(self) -> tuple[str, ...]:
        """The role of the layer whose style the sheet has."""
        return (self.theme.role.id,)

    @property
    def id(self) -> str:
        """What the command line calls it."""
        return self.theme.id

    @property
    def title(self) -> Text:
        """What it shows."""
        return self.theme.title

    @property
    def stem(self) -> str:
        """The file name without its ending."""
        return f"{self.number:02d}_{self.id}"

    def build(self, shelf: Shelf, context: Context, lang: Lang) -> Sheet:
        """Return the sheet of the study's layer."""
        return base_sheet(self.theme, shelf, context, lang)


Kind = SheetKind | BaseKind
_OF_GARDENS = ("suitability", "sites")

ALL: tuple[Kind, ...] = (
    SheetKind(
        "consumo-suolo",
        1,
        Text("Carta del consumo di suolo", "Soil consumption map"),
        SOIL_CONSUMPTION,
        soil_sheet,
        wears=(roles.SOIL_CONSUMPTION.id,),
    ),
    SheetKind(
        "pericolosita",
        3,
        Text("Pericolosità idrogeologica", "Hydrogeological hazard"),
        HAZARD_EXPOSURE,
        hazard_sheet,
        theme_ids=tuple(HAZARDS.values()),
    ),
    SheetKind(
        "vincoli-risorse",
        4,
        Text("Vincoli e risorse", "Constraints and resources"),
        CONTEXT_ANALYSIS,
        context_sheet,
        theme_ids=("constraints",),
    ),
    SheetKind(
        "orti-urbani",
        5,
        Text("Idoneità agli orti urbani", "Suitability for urban gardens"),
        GARDEN_SUITABILITY,
        garden_sheet,
        unshown=lambda _: garden_comparison.LIMITS,
        theme_ids=_OF_GARDENS,
        wears=(roles.CONTAMINATED_SITES.id,),
    ),
    SheetKind(
        "servizi",
        6,
        Text("Servizi per quartiere", "Services by neighbourhood"),
        SERVICE_COVERAGE,
        services_sheet,
        theme_ids=(CATCHMENT, HOMES),
        wears=(roles.SERVICES.id, roles.GREEN.id),
    ),
    SheetKind(
        "orti-scenari",
        7,
        Text("Orti urbani: scenari a confronto", "Urban gardens: scenarios compared"),
        GARDEN_SUITABILITY,
        garden_comparison.garden_comparison,
        unshown=garden_comparison.unshown,
        theme_ids=(DISAGREEMENT.raster,),
        keeps_classes=False,
    ),
    SheetKind(
        "standard",
        8,
        Text("Standard urbanistici", "Planning standards"),
        STANDARDS,
        standards_sheet,
        theme_ids=("facilities",),
    ),
    SheetKind(
        "registro-distretti",
        9,
        Text("Registro dei distretti", "Register of the districts"),
        TRANSFORMATION_DISTRICTS,
        register_sheet,
        unshown=_all,
        wears=(roles.DISTRICTS.id,),
    ),
    SheetKind(
        "scheda-distretto",
        10,
        Text("Scheda di distretto", "District sheet"),
        TRANSFORMATION_DISTRICTS,
        district_sheet,
        of="district",
        wears=(
            roles.CONTAMINATED_SITES.id,
            roles.FLOOD_HAZARD.id,
            roles.LANDSLIDE_HAZARD.id,
            roles.CONSTRAINTS.id,
            roles.BUILDINGS.id,
        ),
    ),
    SheetKind(
        "orti-sito",
        11,
        Text("Sito per orti", "Site for gardens"),
        GARDEN_SUITABILITY,
        garden_site_sheet,
        of="site",
        unshown=lambda _: garden_comparison.LIMITS,
        subject="sites",
        theme_ids=_OF_GARDENS,
        wears=(roles.CONTAMINATED_SITES.id,),
    ),
    BaseKind(21, base_themes.ZONING),
    BaseKind(22, base_themes.LAND_USE),
    BaseKind(23, base_themes.DISTRICTS),
)
BY_ID = {sheet.id: sheet for sheet in ALL}
