"""Maps drawn by QGIS, inside its own Python: part of ``qgis_worker``. Symbols are simple, antialiasing is on."""

from time import perf_counter

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMapRendererParallelJob,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRectangle,
    QgsRendererCategory,
    QgsVectorLayer,
    QgsWkbTypes,
)  # fmt: skip
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

DRAWN = {}


def open_map(name, path, colours):
    """Open a layer as QGIS does, lazily, with a colour for each class of its column ``kind``."""
    start = perf_counter()
    layer = QgsVectorLayer(path, name, "ogr")
    is_line = layer.geometryType() == QgsWkbTypes.LineGeometry
    categories = [QgsRendererCategory(kind, _symbol(colour, is_line), str(kind)) for kind, colour in enumerate(colours)]
    layer.setRenderer(QgsCategorizedSymbolRenderer("kind", categories))
    DRAWN[name] = layer
    return {"valid": layer.isValid(), "seconds": perf_counter() - start}


def _symbol(colour, is_line):
    if is_line:
        return QgsLineSymbol.createSimple({"color": colour, "width": "1", "width_unit": "Pixel"})
    outline = {"outline_color": "#333333", "outline_width": "0.3", "outline_width_unit": "Pixel"}
    return QgsFillSymbol.createSimple({"color": colour, **outline})


def open_cells(name, path, colours):
    layer = QgsRasterLayer(path, name)
    classes = [QgsPalettedRasterRenderer.Class(value, QColor(colour), "") for value, colour in enumerate(colours)]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
    DRAWN[name] = layer
    return {"valid": layer.isValid()}


def draw(names, extent, size, parallel, path):
    settings = QgsMapSettings()
    settings.setLayers([DRAWN[name] for name in names])
    settings.setDestinationCrs(DRAWN[names[0]].crs())
    settings.setExtent(QgsRectangle(*extent))
    settings.setOutputSize(QSize(*size))
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    start = perf_counter()
    job = (QgsMapRendererParallelJob if parallel else QgsMapRendererSequentialJob)(settings)
    job.start()
    job.waitForFinished()
    seconds = perf_counter() - start
    if path:
        job.renderedImage().save(path)
    return {"seconds": seconds}
