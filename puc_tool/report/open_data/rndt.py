"""What the package says of itself to the national catalogue of spatial data: RNDT, as ISO 19139 XML.

The list of elements is ``rndt_core.csv``, unverified. What the study cannot answer is left out and told.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from pyproj import CRS

from layers import crs as coordinate_systems
from puc_tool.report.open_data.metadata import LICENCE, Catalogue, Dataset

_THESAURUS, _THESAURUS_DAY = "GEMET - INSPIRE themes, version 1.0", "2008-06-01"
_LAND_USE, _RISK, _SERVICES = (
    "Utilizzo del territorio", "Zone a rischio naturale", "Servizi di pubblica utilità e servizi amministrativi",
)  # fmt: skip
_KEYWORDS: Mapping[str, str] = {"hazard-exposure": _RISK, "service-coverage": _SERVICES, "standards": _SERVICES}
_REGULATION = (
    "Regolamento (UE) n. 1089/2010 della Commissione, del 23 novembre 2010, recante attuazione della direttiva "
    "2007/2/CE del Parlamento europeo e del Consiglio per quanto riguarda l'interoperabilità dei set di dati "
    "territoriali e dei servizi di dati territoriali"
)
_REGULATION_DAY = "2010-12-08"
_NOT_ASSESSED = "Conformità non valutata"
_CODE_LISTS = "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml"
_LANGUAGES = "http://www.loc.gov/standards/iso639-2/"


def rndt(catalogue: Catalogue, dataset: Dataset) -> str:
    """Return the RNDT description of a dataset as ISO 19139 XML."""
    root = Element("gmd:MD_Metadata", {
        "xmlns:gmd": "http://www.isotc211.org/2005/gmd", "xmlns:gco": "http://www.isotc211.org/2005/gco",
    })  # fmt: skip
    _say(root, "gmd:fileIdentifier", dataset.identifier(catalogue))
    _code(root, "gmd:language", "gmd:LanguageCode", "ita")
    _code(root, "gmd:characterSet", "gmd:MD_CharacterSetCode", "utf8")
    _code(root, "gmd:hierarchyLevel", "gmd:MD_ScopeCode", "dataset")
    _party(root, "gmd:contact", catalogue, "pointOfContact")
    if catalogue.day:
        _say(root, "gmd:dateStamp", catalogue.day.isoformat(), "gco:Date")
    system = _inside(root, "gmd:referenceSystemInfo", "gmd:MD_ReferenceSystem", "gmd:referenceSystemIdentifier",
                     "gmd:RS_Identifier")  # fmt: skip
    _say(system, "gmd:code", _crs_url(catalogue.crs))
    _identification(root, catalogue, dataset)
    _distribution(root, catalogue, dataset)
    _quality(root, dataset)
    ElementTree.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def _distribution(root: Element, catalogue: Catalogue, dataset: Dataset) -> None:
    distribution = _inside(root, "gmd:distributionInfo", "gmd:MD_Distribution")
    for name in ("GeoPackage", *(["GeoTIFF"] if dataset.files.get("tif") else [])):
        stored = _inside(distribution, "gmd:distributionFormat", "gmd:MD_Format")
        _say(stored, "gmd:name", name)
        SubElement(stored, "gmd:version", {"gco:nilReason": "unknown"})
    if catalogue.url:
        online = _inside(distribution, "gmd:transferOptions", "gmd:MD_DigitalTransferOptions", "gmd:onLine",
                         "gmd:CI_OnlineResource")  # fmt: skip
        SubElement(SubElement(online, "gmd:linkage"), "gmd:URL").text = catalogue.url


def _quality(root: Element, dataset: Dataset) -> None:
    """Say where the data come from, and that nobody has assessed whether they keep to the INSPIRE specifications."""
    quality = _inside(root, "gmd:dataQualityInfo", "gmd:DQ_DataQuality")
    _code(_inside(quality, "gmd:scope", "gmd:DQ_Scope"), "gmd:level", "gmd:MD_ScopeCode", "dataset")
    result = _inside(quality, "gmd:report", "gmd:DQ_DomainConsistency", "gmd:result", "gmd:DQ_ConformanceResult")
    specification = _inside(result, "gmd:specification", "gmd:CI_Citation")
    _say(specification, "gmd:title", _REGULATION)
    _dated(specification, _REGULATION_DAY, "publication")
    _say(result, "gmd:explanation", _NOT_ASSESSED)
    SubElement(result, "gmd:pass", {"gco:nilReason": "unknown"})
    _say(_inside(quality, "gmd:lineage", "gmd:LI_Lineage"), "gmd:statement", dataset.lineage)


def _identification(root: Element, catalogue: Catalogue, dataset: Dataset) -> None:
    data = _inside(root, "gmd:identificationInfo", "gmd:MD_DataIdentification")
    citation = _inside(data, "gmd:citation", "gmd:CI_Citation")
    _say(citation, "gmd:title", f"{dataset.analysis.title.it}. {catalogue.title}")
    if catalogue.day:
        _dated(citation, catalogue.day.isoformat(), "revision")
    _say(_inside(citation, "gmd:identifier", "gmd:MD_Identifier"), "gmd:code", dataset.identifier(catalogue))
    _say(data, "gmd:abstract", f"{dataset.analysis.about.it} {dataset.analysis.method.it}")
    _party(data, "gmd:pointOfContact", catalogue, "owner")
    _keyword(data, dataset)
    _constraints(data)
    kind = "vector" if dataset.cell_m is None else "grid"
    _code(data, "gmd:spatialRepresentationType", "gmd:MD_SpatialRepresentationTypeCode", kind)
    _resolution(data, catalogue, dataset)
    _code(data, "gmd:language", "gmd:LanguageCode", "ita")
    _code(data, "gmd:characterSet", "gmd:MD_CharacterSetCode", "utf8")
    _say(data, "gmd:topicCategory", "planningCadastre", "gmd:MD_TopicCategoryCode")
    box = _inside(data, "gmd:extent", "gmd:EX_Extent", "gmd:geographicElement", "gmd:EX_GeographicBoundingBox")
    west, south, east, north = catalogue.bounds_deg
    sides = (("west", west), ("east", east), ("south", south), ("north", north))
    for side, degrees in sides:
        name = "Longitude" if side in ("west", "east") else "Latitude"
        _say(box, f"gmd:{side}Bound{name}", f"{degrees:.5f}", "gco:Decimal")


def _keyword(data: Element, dataset: Dataset) -> None:
    keywords = _inside(data, "gmd:descriptiveKeywords", "gmd:MD_Keywords")
    _say(keywords, "gmd:keyword", _KEYWORDS.get(dataset.analysis.id, _LAND_USE))
    thesaurus = _inside(keywords, "gmd:thesaurusName", "gmd:CI_Citation")
    _say(thesaurus, "gmd:title", _THESAURUS)
    _dated(thesaurus, _THESAURUS_DAY, "publication")


def _constraints(data: Element) -> None:
    _say(_inside(data, "gmd:resourceConstraints", "gmd:MD_Constraints"), "gmd:useLimitation", LICENCE)
    legal = _inside(data, "gmd:resourceConstraints", "gmd:MD_LegalConstraints")
    _code(legal, "gmd:accessConstraints", "gmd:MD_RestrictionCode", "otherRestrictions")
    _say(legal, "gmd:otherConstraints", "nessuna limitazione")


def _resolution(data: Element, catalogue: Catalogue, dataset: Dataset) -> None:
    """Say how fine the data are: the side of a cell, else the scale that was given; else nothing, and it is told."""
    if dataset.lacks_resolution(catalogue):
        return
    resolution = _inside(data, "gmd:spatialResolution", "gmd:MD_Resolution")
    if dataset.cell_m is not None:
        SubElement(SubElement(resolution, "gmd:distance"), "gco:Distance", {"uom": "m"}).text = f"{dataset.cell_m:g}"
    else:
        fraction = _inside(resolution, "gmd:equivalentScale", "gmd:MD_RepresentativeFraction")
        _say(fraction, "gmd:denominator", str(catalogue.scale), "gco:Integer")


def _dated(citation: Element, day: str, what: str) -> None:
    dated = _inside(citation, "gmd:date", "gmd:CI_Date")
    _say(dated, "gmd:date", day, "gco:Date")
    _code(dated, "gmd:dateType", "gmd:CI_DateTypeCode", what)


def _party(parent: Element, tag: str, catalogue: Catalogue, role: str) -> None:
    if not catalogue.authority:
        return
    party = _inside(parent, tag, "gmd:CI_ResponsibleParty")
    _say(party, "gmd:organisationName", catalogue.authority)
    if catalogue.contact:
        address = _inside(party, "gmd:contactInfo", "gmd:CI_Contact", "gmd:address", "gmd:CI_Address")
        _say(address, "gmd:electronicMailAddress", catalogue.contact)
    _code(party, "gmd:role", "gmd:CI_RoleCode", role)


def _inside(parent: Element, *tags: str) -> Element:
    for tag in tags:
        parent = SubElement(parent, tag)
    return parent


def _say(parent: Element, tag: str, words: str, kind: str = "gco:CharacterString") -> None:
    SubElement(SubElement(parent, tag), kind).text = words


def _code(parent: Element, tag: str, kind: str, value: str) -> None:
    """Add a value of a code list: the schema takes it as an attribute, beside the list it is from."""
    code_list = _LANGUAGES if kind == "gmd:LanguageCode" else f"{_CODE_LISTS}#{kind.removeprefix('gmd:')}"
    said = {"codeList": code_list, "codeListValue": value}
    SubElement(SubElement(parent, tag), kind, said).text = value


def _crs_url(crs: CRS) -> str:
    authority, _, code = coordinate_systems.name_of(crs).partition(":")
    return f"http://www.opengis.net/def/crs/{authority}/0/{code}"
