"""The open data package to files: GeoPackage with its styles, CSV, GeoJSON, metadata, licence, dictionary, manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import shapely

from analyses.progress import Report, silent
from layers import roles
from layers.communes import find
from layers.problems import Problem, Severity
from layers.text import NOTHING, Lang, Text
from puc_tool.maps import credentials
from puc_tool.maps.worn import Wardrobe
from puc_tool.printing.export_manifest import Manifest, problems_of, told
from puc_tool.report import keys
from puc_tool.report.findings import Findings, findings
from puc_tool.report.open_data.dictionary import dictionary, figures_csv
from puc_tool.report.open_data.holdings import WITHHELD, Layer, TableFile, layers, tables
from puc_tool.report.open_data.metadata import LICENCE, Catalogue, Dataset, dcat, incomplete
from puc_tool.report.open_data.qml import qml
from puc_tool.report.open_data.raster_styles import raster_qml, raster_sld
from puc_tool.report.open_data.rasters import RasterFile, cog, rasters
from puc_tool.report.open_data.rndt import rndt
from puc_tool.report.open_data.sld import sld
from puc_tool.report.open_data.styled_layers import GEOPACKAGE, geojson, geopackage
from puc_tool.report.open_data.styling import classes_of
from puc_tool.results import DEMONSTRATION
from puc_tool.shelf import Shelf

FOLDER = "open-data"
_SAID_OF_THEM = 12


@dataclass(frozen=True)
class Said:
    """What the study does not know of itself: its identifier in the catalogue, a contact, where files will lie.

    ``frequency`` is how often it is brought up to date (a code of the EU's list), ``scale`` 1:N that the data are for.
    """

    identifier: str = ""
    contact: str = ""
    url: str = ""
    frequency: str = ""
    scale: int | None = None


@dataclass(frozen=True)
class Holdings:
    """All that is published."""

    layers: tuple[Layer, ...]
    tables: tuple[TableFile, ...]
    rasters: tuple[RasterFile, ...]

    @property
    def files(self) -> int:
        """About how many files they become: the data with their styles, and what is said of them."""
        return 3 * len(self.layers) + 4 * len(self.rasters) + len(self.tables) + _SAID_OF_THEM


@dataclass(frozen=True)
class Published:
    """The files that lie there now, and what a catalogue will miss."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    is_unchanged: bool = False


def publish(
    shelf: Shelf, said: Said, *, to: Path | None = None, lang: Lang = "it", report: Report = silent
) -> Published:
    """Write the package; the same results give the same bytes. One that lies there unchanged is not made again.

    ``report`` may raise Cancelled between two files.

    Raises PucError if no analysis has results of the study as it is, or the folder is not ours.
    """
    folder = Manifest(to or shelf.study.folder / FOLDER)
    report(0.0, Text("Leggo i risultati", "Reading the results"))
    found = findings(shelf.study)
    key = keys.key(found, lang, asdict(said))
    names = _names(folder, key)
    is_unchanged = bool(names)
    problems = problems_of(folder.more)
    if not is_unchanged:
        folder.save()  # first, so that a killed run is known as ours
        names, problems = _written(shelf, said, found, (folder, key), lang, report)
        folder.more = {"key": key, "names": names, "problems": told(problems)}
        folder.save()
    report(1.0, Text("Pacchetto scritto", "Package written"))
    return Published(tuple(folder.folder / name for name in names), problems, is_unchanged)


def _names(folder: Manifest, key: str) -> list[str]:
    """Return the files of a package that lies there whole, as made from the same ``key``; else nothing."""
    names = folder.more.get("names")
    if folder.more.get("key") != key or not isinstance(names, list):
        return []
    return names if all(isinstance(name, str) and folder.holds(name, key) for name in names) else []


def _written(
    shelf: Shelf, said: Said, found: Findings, place: tuple[Manifest, str], lang: Lang, report: Report
) -> tuple[list[str], tuple[Problem, ...]]:
    """Write every file of the package; return their names, and what a catalogue will miss."""
    folder, key = place
    report(0.1, Text("Preparo i livelli", "Preparing the layers"))
    holdings = Holdings(tuple(layers(found)), tuple(tables(found)), tuple(rasters(found, Wardrobe(shelf.study))))
    described = _catalogue(shelf, said), tuple(_datasets(found, holdings))
    names, count = list[str](), holdings.files
    for name, content in _contents(shelf, found, holdings, described, lang):
        report(min(1.0, 0.3 + 0.7 * len(names) / count), Text("Scrivo il pacchetto", "Writing the package"))
        folder.put(name, content, {"key": key})
        names.append(name)
    return names, (*incomplete(*described), _withheld(), *_left_out(found))


def _contents(
    shelf: Shelf, found: Findings, holdings: Holdings, described: tuple[Catalogue, Sequence[Dataset]], lang: Lang
) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the package by its name."""
    shown, (catalogue, datasets), wardrobe = holdings.layers, described, Wardrobe(shelf.study)
    about = DEMONSTRATION.it if shelf.study.is_demonstration else ""
    styles = {layer.name: _styles(layer, wardrobe, lang) for layer in shown}
    yield GEOPACKAGE, geopackage(shown, styles, about)
    for layer in shown:
        yield f"geojson/{layer.name}.geojson", geojson(layer)
        yield f"stili/{layer.name}.qml", styles[layer.name][0].encode()
        yield f"stili/{layer.name}.sld", styles[layer.name][1].encode()
    yield from _raster_files(holdings.rasters, lang)
    for table in holdings.tables:
        yield f"csv/{table.analysis.id}_{table.id}.csv", table.content.encode()
    yield "csv/cifre.csv", figures_csv(found).encode()
    yield "metadati/dcat_ap_it.jsonld", dcat(catalogue, datasets).encode()
    for dataset in datasets:
        yield f"metadati/rndt_{dataset.analysis.id}.xml", rndt(catalogue, dataset).encode()
    yield "dizionario.csv", dictionary(found, shown, holdings.rasters).encode()
    yield "LEGGIMI.txt", _read_me(shelf, catalogue).encode()


def _raster_files(published: Sequence[RasterFile], lang: Lang) -> Iterator[tuple[str, bytes]]:
    """Yield the rasters, each with its QML beside it, where QGIS looks for it."""
    for each in published:
        style = raster_qml(each.content, lang).encode()
        yield f"raster/{each.name}.tif", cog(each)
        yield f"raster/{each.name}.qml", style
        yield f"stili/{each.name}.qml", style
        yield f"stili/{each.name}.sld", raster_sld(each.name, each.content, lang).encode()


def _styles(layer: Layer, wardrobe: Wardrobe, lang: Lang) -> tuple[str, str]:
    classes = classes_of(layer, wardrobe)
    return qml(classes, layer.dimension, lang), sld(layer.name, classes, lang)


def _catalogue(shelf: Shelf, said: Said) -> Catalogue:
    study, boundary = shelf.study, shelf.ground().boundary
    assert boundary is not None, "results of this study exist, so its boundary can be read"
    authority = credentials.title_block(shelf)["ente"].it
    known = f"c_{find(study.comuni[0]).cadastral_code.lower()}" if len(study.comuni) == 1 else ""
    return Catalogue(
        said.identifier or known, authority, study.title, study.day, study.crs,
        shapely.force_2d(boundary), study.comuni, said.contact, said.url, said.frequency, said.scale,
    )  # fmt: skip


def _datasets(found: Findings, holdings: Holdings) -> Iterator[Dataset]:
    for each in found.found.values():
        analysis, inputs = each.written.analysis, each.written.record["inputs"]
        own = [layer.name for layer in holdings.layers if layer.analysis is analysis]
        cells = [raster for raster in holdings.rasters if raster.analysis is analysis]
        files = {
            "gpkg": [GEOPACKAGE] if own else [],
            "geojson": [f"geojson/{name}.geojson" for name in own],
            "tif": [f"raster/{raster.name}.tif" for raster in cells],
            "csv": [
                f"csv/{table.analysis.id}_{table.id}.csv" for table in holdings.tables if table.analysis is analysis
            ],
        }
        years = tuple(sorted({int(layer["year"]) for layer in inputs if layer["year"]}))
        cell_m = min((raster.cell_m for raster in cells), default=None)
        yield Dataset(analysis, files, _lineage(found, inputs), years, cell_m)


def _lineage(found: Findings, inputs: Sequence[Mapping[str, object]]) -> str:
    """Say which layers the results were computed from, and whose they are."""
    told = []
    for each in inputs:
        role = roles.BY_ID[str(each["role"])]
        credit = next((ref.credit for ref in found.study.of_role(role.id) if ref.year == each["year"]), None)
        told.append(f"{role.title.it}: {(credit or str(each['source'])).rstrip('.')}")
    return "Calcolato con PUC Tool da: " + "; ".join(dict.fromkeys(told)) + "."


def _read_me(shelf: Shelf, catalogue: Catalogue) -> str:
    study = shelf.study
    stamp = f"{DEMONSTRATION.it}. {DEMONSTRATION.en}.\n\n" if study.is_demonstration else ""
    return (
        f"{study.title}\n\n{stamp}"
        f"Licenza: {LICENCE}, https://creativecommons.org/licenses/by/4.0/deed.it\n"
        f"Attribuzione: {catalogue.authority or study.title}\n\n"
        "dati.gpkg      i livelli con i loro stili, nel sistema di riferimento dello studio\n"
        "geojson/       gli stessi livelli in longitudine e latitudine (WGS 84)\n"
        "raster/        le carte a celle (GeoTIFF ottimizzati per il cloud), ciascuna con il suo stile\n"
        "csv/           le tabelle e tutte le cifre\n"
        "stili/         QML per QGIS, SLD per i servizi di mappa\n"
        "metadati/      DCAT-AP_IT (JSON-LD) e RNDT (ISO 19139); profili non verificati sulla fonte\n"
        "dizionario.csv che cosa dice ogni colonna, con unità\n\n"
        f"{WITHHELD.it}\nI dati di partenza non sono qui: hanno le licenze di chi li ha fatti.\n"
    )


def _left_out(found: Findings) -> tuple[Problem, ...]:
    effect = Text("I suoi dati non sono nel pacchetto.", "Its data are not in the package.")
    return found.passed_over("open-data-analysis-missing", effect)


def _withheld() -> Problem:
    return Problem(
        "open-data-withheld", Text("Dati aperti", "Open data"),
        Text(WITHHELD.it[0].lower() + WITHHELD.it[1:], WITHHELD.en[0].lower() + WITHHELD.en[1:]),
        NOTHING, NOTHING, Severity.INFO,
    )  # fmt: skip
