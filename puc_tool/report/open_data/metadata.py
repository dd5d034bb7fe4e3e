"""What the package says of itself to catalogues: DCAT-AP_IT as JSON-LD, RNDT as ISO 19139 XML, one dataset an analysis.

The lists of elements are ``dcat_ap_it.csv`` and ``rndt_core.csv``, both unverified. What the study cannot answer is
left out and told; nothing is made up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from geopandas import GeoSeries
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from analyses.analysis import Analysis
from layers import crs as coordinate_systems
from layers.problems import Problem, Severity
from layers.text import Text, listing, say

LICENCE_URL = "https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40"
LICENCE = "CC BY 4.0"
_THEMES = {
    "transformation-districts": "REGI", "standards": "REGI", "context": "REGI", "service-coverage": "SOCI",
}  # fmt: skip
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_FILE_TYPES = {"gpkg": "GPKG", "csv": "CSV", "geojson": "GEOJSON"}


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

    @property
    def bounds_deg(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        west, south, east, north = GeoSeries([self.boundary], crs=self.crs).to_crs(4326).total_bounds.tolist()
        return west, south, east, north

    def missing(self) -> Iterator[str]:
        """Yield the mandatory elements that the study cannot answer."""
        answers = {
            "dct:identifier": self.identifier, "dct:modified": self.day, "dct:rightsHolder": self.authority,
            "dcat:accessURL": self.url, "contact": self.contact,
        }  # fmt: skip
        yield from (name for name, answer in answers.items() if not answer)
        yield "dct:accrualPeriodicity"


@dataclass(frozen=True)
class Dataset:
    """One analysis with the files that hold it, by ending, and where it comes from."""

    analysis: Analysis
    files: Mapping[str, Sequence[str]]
    lineage: str

    def identifier(self, catalogue: Catalogue) -> str:
        """Return the identifier of the dataset in its catalogue."""
        return f"{catalogue.identifier}:{self.analysis.id}" if catalogue.identifier else self.analysis.id


def dcat(catalogue: Catalogue, datasets: Sequence[Dataset]) -> str:
    """Return the DCAT-AP_IT description of all datasets as JSON-LD."""
    content = {
        "@context": {
            "dct": "http://purl.org/dc/terms/", "dcat": "http://www.w3.org/ns/dcat#",
            "foaf": "http://xmlns.com/foaf/0.1/", "vcard": "http://www.w3.org/2006/vcard/ns#",
        },
        "@graph": [_dataset(catalogue, each) for each in datasets],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def rndt(catalogue: Catalogue, dataset: Dataset) -> str:
    """Return the RNDT description of a dataset as ISO 19139 XML."""
    root = Element("gmd:MD_Metadata", {
        "xmlns:gmd": "http://www.isotc211.org/2005/gmd", "xmlns:gco": "http://www.isotc211.org/2005/gco",
    })  # fmt: skip
    _say(root, "gmd:fileIdentifier", dataset.identifier(catalogue))
    _say(root, "gmd:language", "ita")
    _say(root, "gmd:characterSet", "utf8")
    _say(root, "gmd:hierarchyLevel", "dataset")
    _party(root, "gmd:contact", catalogue)
    if catalogue.day:
        _say(root, "gmd:dateStamp", catalogue.day.isoformat(), "gco:Date")
    system = _inside(root, "gmd:referenceSystemInfo", "gmd:MD_ReferenceSystem", "gmd:referenceSystemIdentifier",
                     "gmd:RS_Identifier")  # fmt: skip
    _say(system, "gmd:code", _crs_url(catalogue.crs))
    _identification(root, catalogue, dataset)
    _say(_inside(root, "gmd:distributionInfo", "gmd:MD_Distribution", "gmd:distributionFormat", "gmd:MD_Format"),
         "gmd:name", "GeoPackage")  # fmt: skip
    quality = _inside(root, "gmd:dataQualityInfo", "gmd:DQ_DataQuality", "gmd:lineage", "gmd:LI_Lineage")
    _say(quality, "gmd:statement", dataset.lineage)
    ElementTree.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def incomplete(catalogue: Catalogue) -> Problem:
    """Return which mandatory elements nobody has answered."""
    return Problem(
        "metadata-incomplete",
        Text("Metadati", "Metadata"),
        say("mancano elementi obbligatori: {m}.", "mandatory elements are missing: {m}.",
            m=listing(list(catalogue.missing()), most=9)),
        Text("Un catalogo potrebbe rifiutarli.", "A catalogue may refuse them."),
        Text("Indicarli con --identifier, --contact e --url, il resto nel catalogo.",
             "Give them with --identifier, --contact and --url, the rest in the catalogue."),
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
        "dct:rightsHolder": {"@type": "foaf:Agent", "foaf:name": catalogue.authority} if catalogue.authority else "",
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


def _distribution(catalogue: Catalogue, file: str, ending: str) -> dict[str, Any]:
    told = {
        "@type": "dcat:Distribution",
        "dct:title": file,
        "dct:format": {"@id": f"{_AUTHORITY}/file-type/{_FILE_TYPES[ending]}"},
        "dct:license": {"@id": LICENCE_URL},
    }
    return told | ({"dcat:accessURL": {"@id": f"{catalogue.url.rstrip('/')}/{file}"}} if catalogue.url else {})


def _identification(root: Element, catalogue: Catalogue, dataset: Dataset) -> None:
    data = _inside(root, "gmd:identificationInfo", "gmd:MD_DataIdentification")
    citation = _inside(data, "gmd:citation", "gmd:CI_Citation")
    _say(citation, "gmd:title", f"{dataset.analysis.title.it}. {catalogue.title}")
    if catalogue.day:
        _say(_inside(citation, "gmd:date", "gmd:CI_Date"), "gmd:date", catalogue.day.isoformat(), "gco:Date")
    _say(_inside(citation, "gmd:identifier", "gmd:MD_Identifier"), "gmd:code", dataset.identifier(catalogue))
    _say(data, "gmd:abstract", f"{dataset.analysis.about.it} {dataset.analysis.method.it}")
    _party(data, "gmd:pointOfContact", catalogue)
    for limit in (LICENCE, "nessuna limitazione"):
        _say(_inside(data, "gmd:resourceConstraints", "gmd:MD_Constraints"), "gmd:useLimitation", limit)
    _say(data, "gmd:spatialRepresentationType", "vector")
    _say(data, "gmd:topicCategory", "planningCadastre")
    box = _inside(data, "gmd:extent", "gmd:EX_Extent", "gmd:geographicElement", "gmd:EX_GeographicBoundingBox")
    west, south, east, north = catalogue.bounds_deg
    sides = (("west", west), ("east", east), ("south", south), ("north", north))
    for side, degrees in sides:
        name = "Longitude" if side in ("west", "east") else "Latitude"
        _say(box, f"gmd:{side}Bound{name}", f"{degrees:.5f}", "gco:Decimal")


def _party(parent: Element, tag: str, catalogue: Catalogue) -> None:
    if not catalogue.authority:
        return
    party = _inside(parent, tag, "gmd:CI_ResponsibleParty")
    _say(party, "gmd:organisationName", catalogue.authority)
    if catalogue.contact:
        address = _inside(party, "gmd:contactInfo", "gmd:CI_Contact", "gmd:address", "gmd:CI_Address")
        _say(address, "gmd:electronicMailAddress", catalogue.contact)


def _inside(parent: Element, *tags: str) -> Element:
    for tag in tags:
        parent = SubElement(parent, tag)
    return parent


def _say(parent: Element, tag: str, words: str, kind: str = "gco:CharacterString") -> None:
    SubElement(SubElement(parent, tag), kind).text = words


def _crs_url(crs: CRS) -> str:
    authority, _, code = coordinate_systems.name_of(crs).partition(":")
    return f"http://www.opengis.net/def/crs/{authority}/0/{code}"
