"""RNDT and DCAT-AP_IT field by field, as the codelists name them, once everything that can be said has been said."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from layers.codelist import rows
from puc_tool.cli import main

NAMES = {"gmd": "http://www.isotc211.org/2005/gmd", "gco": "http://www.isotc211.org/2005/gco"}
SAID = ("--identifier", "c_x999", "--contact", "urbanistica@example.it", "--url", "https://example.it/dati",
        "--frequency", "ANNUAL", "--scale", "5000")  # fmt: skip
DATA, CITATION = "gmd:identificationInfo/gmd:MD_DataIdentification", "gmd:citation/gmd:CI_Citation"
PLACES = {
    "fileIdentifier": "gmd:fileIdentifier", "language": "gmd:language", "characterSet": "gmd:characterSet",
    "hierarchyLevel": "gmd:hierarchyLevel", "contact": "gmd:contact/gmd:CI_ResponsibleParty/gmd:organisationName",
    "dateStamp": "gmd:dateStamp", "referenceSystemInfo":
    "gmd:referenceSystemInfo/gmd:MD_ReferenceSystem/gmd:referenceSystemIdentifier/gmd:RS_Identifier/gmd:code",
    "title": f"{DATA}/{CITATION}/gmd:title", "date": f"{DATA}/{CITATION}/gmd:date/gmd:CI_Date/gmd:date",
    "identifier": f"{DATA}/{CITATION}/gmd:identifier/gmd:MD_Identifier/gmd:code", "abstract": f"{DATA}/gmd:abstract",
    "pointOfContact": f"{DATA}/gmd:pointOfContact/gmd:CI_ResponsibleParty/gmd:organisationName",
    "spatialRepresentationType": f"{DATA}/gmd:spatialRepresentationType",
    "spatialResolution": f"{DATA}/gmd:spatialResolution/gmd:MD_Resolution",
    "topicCategory": f"{DATA}/gmd:topicCategory",
    "keyword_gemet": f"{DATA}/gmd:descriptiveKeywords/gmd:MD_Keywords/gmd:keyword",
    "geographicBoundingBox": f"{DATA}/gmd:extent/gmd:EX_Extent/gmd:geographicElement/gmd:EX_GeographicBoundingBox",
    "useLimitation": f"{DATA}/gmd:resourceConstraints/gmd:MD_Constraints/gmd:useLimitation",
    "accessConstraints": f"{DATA}/gmd:resourceConstraints/gmd:MD_LegalConstraints/gmd:accessConstraints",
    "lineage": "gmd:dataQualityInfo/gmd:DQ_DataQuality/gmd:lineage/gmd:LI_Lineage/gmd:statement",
    "conformity": "gmd:dataQualityInfo/gmd:DQ_DataQuality/gmd:report/gmd:DQ_DomainConsistency/gmd:result/"
    "gmd:DQ_ConformanceResult/gmd:explanation",
    "distributionFormat": "gmd:distributionInfo/gmd:MD_Distribution/gmd:distributionFormat/gmd:MD_Format/gmd:name",
    "onLine": "gmd:distributionInfo/gmd:MD_Distribution/gmd:transferOptions/gmd:MD_DigitalTransferOptions/gmd:onLine/"
    "gmd:CI_OnlineResource/gmd:linkage",
}  # fmt: skip
"""Where ISO 19139 has each element of the codelist, from the root."""

ORDER = ("fileIdentifier", "language", "characterSet", "hierarchyLevel", "contact", "dateStamp", "referenceSystemInfo",
         "identificationInfo", "distributionInfo", "dataQualityInfo")  # fmt: skip
"""The sequence that the schema asks for under the root."""


@pytest.fixture(scope="module")
def said(peopled, tmp_path_factory) -> Path:
    """Return a package of which everything has been said that the command line takes."""
    folder = tmp_path_factory.mktemp("catalogo") / "open-data"
    assert main(["publish", str(peopled), *SAID, "--to", str(folder), "--quiet"]) == 0
    return folder


@pytest.fixture(scope="module")
def records(said):
    found = [ElementTree.parse(path).getroot() for path in sorted((said / "metadati").glob("rndt_*.xml"))]
    assert len(found) > 3
    return found


@pytest.fixture(scope="module")
def datasets(said):
    return json.loads((said / "metadati" / "dcat_ap_it.jsonld").read_text(encoding="utf-8"))["@graph"]


def words(root: ElementTree.Element, element: str) -> str:
    found = root.find(PLACES[element], NAMES)
    return "" if found is None else " ".join(each.strip() for each in found.itertext() if each.strip())


@pytest.mark.parametrize("row", rows("rndt_core"), ids=lambda row: row["element"])
def test_that_every_element_of_the_national_catalogue_is_answered_where_the_standard_has_it(row, records):
    assert all(words(root, row["element"]) for root in records)


@pytest.mark.parametrize(
    ("element", "expected"),
    [("language", "ita"), ("characterSet", "utf8"), ("hierarchyLevel", "dataset"),
     ("topicCategory", "planningCadastre"), ("dateStamp", "2026-03-31"), ("date", "2026-03-31"),
     ("useLimitation", "CC BY 4.0"),
     ("conformity", "Conformità non valutata"), ("onLine", "https://example.it/dati"),
     ("referenceSystemInfo", "http://www.opengis.net/def/crs/EPSG/0/3035")],
)  # fmt: skip
def test_that_what_is_the_same_for_all_is_said_by_all(element, expected, records):
    assert {words(root, element) for root in records} == {expected}


def test_that_elements_come_in_the_sequence_of_the_schema(records):
    for root in records:
        names = [each.tag.partition("}")[2] for each in root]
        assert sorted(names, key=ORDER.index) == names


def test_that_values_of_code_lists_stand_as_the_schema_wants_them(records):
    """ISO 19139 takes no free words for them: the value is an attribute, with the list it is from."""
    for root in records:
        codes = [each for each in root.iter() if each.tag.endswith("Code") and not each.tag.endswith("CategoryCode")]
        kinds = {each.tag.partition("}")[2] for each in codes}
        assert kinds == {
            "LanguageCode", "MD_CharacterSetCode", "MD_ScopeCode", "CI_RoleCode", "CI_DateTypeCode",
            "MD_RestrictionCode", "MD_SpatialRepresentationTypeCode",
        }  # fmt: skip
        assert all(each.get("codeListValue") == each.text and each.get("codeList") for each in codes)


def test_that_parties_have_a_role_dates_a_type_and_the_quality_its_scope(records):
    wanted = {"CI_ResponsibleParty": "role", "CI_Date": "dateType", "DQ_DataQuality": "scope", "MD_Format": "version",
              "MD_DataIdentification": "language"}  # fmt: skip
    for root in records:
        for holder, part in wanted.items():
            found = list(root.iter(f"{{{NAMES['gmd']}}}{holder}"))
            assert found
            assert all(each.find(f"gmd:{part}", NAMES) is not None for each in found)


def test_that_the_identifier_of_the_record_is_that_of_the_data_and_no_two_share_one(records):
    told = [words(root, "fileIdentifier") for root in records]
    assert told == [words(root, "identifier") for root in records]
    assert len(set(told)) == len(told)
    assert all(each.startswith("c_x999:") for each in told)


def test_that_only_data_of_cells_call_themselves_a_grid(records):
    for root in records:
        is_grid = words(root, "spatialRepresentationType") == "grid"
        resolution = root.find(PLACES["spatialResolution"], NAMES)
        assert (resolution.find("gmd:distance", NAMES) is not None) == is_grid


@pytest.mark.parametrize("row", rows("dcat_ap_it"), ids=lambda row: row["property"])
def test_that_every_property_of_the_profile_is_answered_by_each_dataset(row, datasets):
    name, _, of_distribution = row["property"].partition(" ")
    for dataset in datasets:
        holders = dataset["dcat:distribution"] if of_distribution else [dataset]
        assert holders
        assert all(holder[name] for holder in holders)
        example = row["value_example"]
        if example.startswith("http"):
            shared = example.rpartition("/")[0]
            assert all(holder[name]["@id"].startswith(f"{shared}/") for holder in holders)


def test_that_every_file_of_data_is_a_distribution_of_one_dataset(said, datasets):
    told = [each["dct:title"] for dataset in datasets for each in dataset["dcat:distribution"]]
    assert all((said / name).is_file() for name in told)
    data = {path.relative_to(said).as_posix() for end in ("csv", "geojson", "tif") for path in said.rglob(f"*.{end}")}
    assert data - set(told) == {"dizionario.csv", "csv/cifre.csv"}


def test_that_when_all_is_said_nothing_is_told_missing(puc, peopled, tmp_path):
    told = puc("publish", peopled, *SAID, "--to", tmp_path / "a", "--json").problems
    assert "metadata-incomplete" not in told


def test_that_the_dictionary_says_of_each_column_what_the_list_of_columns_says(puc, said):
    with (said / "dizionario.csv").open(encoding="utf-8", newline="") as stream:
        told = list(csv.DictReader(stream))
    listed = {each["id"]: each for each in puc("list", "columns", "--json").content["items"]}
    assert told
    for row in told:
        where, _, table = row["dove"].partition("/")
        if where in ("cifre", "tabelle"):
            own = listed[f"{row['analisi']}/{'figures' if where == 'cifre' else table}/{row['colonna']}"]
            assert (row["etichetta"], row["unita"]) == (own["label"], own["unit"])
