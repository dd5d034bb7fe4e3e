"""What the package says of itself to catalogues: DCAT-AP_IT as JSON-LD, one dataset an analysis.

The list of elements is ``dcat_ap_it.csv``, unverified. What the study cannot answer is left out and told; nothing is
made up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from geopandas import GeoSeries
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from analyses.analysis import Analysis
from layers.problems import Problem, Severity
from layers.text import Text, listing, say

LICENCE_URL = "https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40"
LICENCE = "CC BY 4.0"
_THEMES = {
    "transformation-districts": "REGI", "standards": "REGI", "context": "REGI", "service-coverage": "SOCI",
}  # fmt: skip
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_DATES = ("dct:modified", "schema:startDate", "schema:endDate")
_FILE_TYPES = {"gpkg": "GPKG", "csv": "CSV", "geojson": "GEOJSON", "tif": "TIFF"}


@dataclass(frozen=True)
class Catalogue:
    """What is true of every dataset of the package. ``url`` and ``contact`` are empty where nobody has said them."""

    identifier: str
    authority: str
    title: str
    day: date | None
    crs: CRS
    boundary: BaseGeometry
    comuni: tuple[str, ...]
    contact: str = ""
    url: str = ""
    frequency: str = ""
    scale: int | None = None

    @property
    def bounds_deg(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        west, south, east, north = GeoSeries([self.boundary], crs=self.crs).to_crs(4326).total_bounds.tolist()
        return west, south, east, north

    def missing(self) -> Iterator[str]:
        """Yield the mandatory elements that the study cannot answer."""
        answers = {
            "dct:identifier": self.identifier, "dct:modified": self.day, "dct:rightsHolder": self.authority,
            "dcat:accessURL": self.url, "contact": self.contact, "dct:accrualPeriodicity": self.frequency,
        }  # fmt: skip
        yield from (name for name, answer in answers.items() if not answer)


@dataclass(frozen=True)
class Dataset:
    """One analysis with the files that hold it, by ending, and where it comes from.

    ``years`` are those of the layers it was computed from, ``cell_m`` the smallest cell of its rasters.
    """

    analysis: Analysis
    files: Mapping[str, Sequence[str]]
    lineage: str
    years: tuple[int, ...] = ()
    cell_m: float | None = None

    def lacks_resolution(self, catalogue: Catalogue) -> bool:
        """Tell whether neither cells nor anybody says how fine the data are."""
        return self.cell_m is None and catalogue.scale is None

    def identifier(self, catalogue: Catalogue) -> str:
        """Return the identifier of the dataset in its catalogue."""
        return f"{catalogue.identifier}:{self.analysis.id}" if catalogue.identifier else self.analysis.id


def dcat(catalogue: Catalogue, datasets: Sequence[Dataset]) -> str:
    """Return the DCAT-AP_IT description of all datasets as JSON-LD."""
    content = {
        "@context": {
            "dct": "http://purl.org/dc/terms/", "dcat": "http://www.w3.org/ns/dcat#",
            "foaf": "http://xmlns.com/foaf/0.1/", "vcard": "http://www.w3.org/2006/vcard/ns#",
            "schema": "http://schema.org/", "xsd": "http://www.w3.org/2001/XMLSchema#",
            **{name: {"@id": name, "@type": "xsd:date"} for name in _DATES},
        },
        "@graph": [_dataset(catalogue, each) for each in datasets],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def incomplete(catalogue: Catalogue, datasets: Sequence[Dataset]) -> Iterator[Problem]:
    """Yield which mandatory elements nobody has answered, if any."""
    missing = list(catalogue.missing())
    if any(each.lacks_resolution(catalogue) for each in datasets):
        missing.append("spatialResolution")
    if missing:
        yield _incomplete(missing)


def _incomplete(missing: list[str]) -> Problem:
    return Problem(
        "metadata-incomplete",
        Text("Metadati", "Metadata"),
        say("mancano elementi obbligatori: {m}.", "mandatory elements are missing: {m}.",
            m=listing(missing, most=9)),
        Text("Un catalogo potrebbe rifiutarli.", "A catalogue may refuse them."),
        Text("Indicarli con --identifier, --contact, --url, --frequency e --scale, il resto nel catalogo.",
             "Give them with --identifier, --contact, --url, --frequency and --scale, the rest in the catalogue."),
        Severity.WARNING,
    )  # fmt: skip


def _dataset(catalogue: Catalogue, dataset: Dataset) -> dict[str, Any]:
    west, south, east, north = catalogue.bounds_deg
    theme = _THEMES.get(dataset.analysis.id, "ENVI")
    told: dict[str, Any] = {
        "@type": "dcat:Dataset",
        "dct:identifier": dataset.identifier(catalogue),
        "dct:title": {"@value": f"{dataset.analysis.title.it}. {catalogue.title}", "@language": "it"},
        "dct:description": {"@value": f"{dataset.analysis.about.it} {dataset.analysis.method.it}", "@language": "it"},
        "dct:modified": catalogue.day.isoformat() if catalogue.day else "",
        "dct:rightsHolder": _agent(catalogue), "dct:publisher": _agent(catalogue),
        "dct:accrualPeriodicity": catalogue.frequency and {"@id": f"{_AUTHORITY}/frequency/{catalogue.frequency}"},
        "dct:temporal": _period(dataset.years),
        "dcat:theme": {"@id": f"{_AUTHORITY}/data-theme/{theme}"},
        "dct:language": {"@id": f"{_AUTHORITY}/language/ITA"},
        "dct:spatial": {
            "@type": "dct:Location", "dcat:bbox": f"{west:.5f} {south:.5f} {east:.5f} {north:.5f}",
            "dct:identifier": list(catalogue.comuni),
        },
        "dcat:contactPoint": {"@type": "vcard:Kind", "vcard:hasEmail": catalogue.contact} if catalogue.contact else "",
        "dct:provenance": dataset.lineage,
        "dcat:distribution": [
            _distribution(catalogue, file, ending) for ending, files in dataset.files.items() for file in files
        ],
    }  # fmt: skip
    return {name: value for name, value in told.items() if value not in ("", [])}


def _agent(catalogue: Catalogue) -> Any:
    """Return the body that holds the rights and publishes, with its id where it has one."""
    if not catalogue.authority:
        return ""
    named = {"@type": "foaf:Agent", "foaf:name": catalogue.authority}
    return named | ({"dct:identifier": catalogue.identifier} if catalogue.identifier else {})


def _period(years: Sequence[int]) -> Any:
    """Return the years of the data, first to last."""
    if not years:
        return ""
    return {
        "@type": "dct:PeriodOfTime", "schema:startDate": f"{years[0]}-01-01", "schema:endDate": f"{years[-1]}-12-31",
    }  # fmt: skip


def _distribution(catalogue: Catalogue, file: str, ending: str) -> dict[str, Any]:
    told = {
        "@type": "dcat:Distribution",
        "dct:title": file,
        "dct:format": {"@id": f"{_AUTHORITY}/file-type/{_FILE_TYPES[ending]}"},
        "dct:license": {"@id": LICENCE_URL},
    }
    return told | ({"dcat:accessURL": {"@id": f"{catalogue.url.rstrip('/')}/{file}"}} if catalogue.url else {})
