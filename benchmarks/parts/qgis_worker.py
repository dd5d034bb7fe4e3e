"""Runs inside QGIS's own Python: one JSON request a line in, one JSON answer a line out. Started by ``peer_qgis``.

QGIS starts once, and layers are read into memory (vectors) once, so neither is in any of the seconds told.
"""

import json
import sys
from time import perf_counter

from qgis.analysis import QgsNativeAlgorithms
from qgis.core import (
    QgsApplication,
    QgsFeatureRequest,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsVectorLayer,
)  # fmt: skip
from qgis_drawing import draw, open_cells, open_map

LAYERS = {}


def load(name, path):
    on_disk = QgsVectorLayer(path, name, "ogr")
    layer = on_disk.materialize(QgsFeatureRequest())
    run("native:createspatialindex", {"INPUT": layer})
    LAYERS[name] = layer
    return {"features": layer.featureCount()}


def load_raster(name, path):
    LAYERS[name] = QgsRasterLayer(path, name)
    return {"valid": LAYERS[name].isValid()}


def run(algorithm, parameters):
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    found, fine = QgsApplication.processingRegistry().createAlgorithmById(algorithm).run(parameters, context, feedback)
    if not fine:
        raise RuntimeError(feedback.textLog())
    kept = context.temporaryLayerStore().mapLayers()
    return context.takeResultLayer(found["OUTPUT"]) if found.get("OUTPUT") in kept else None


def cross(names):
    start = perf_counter()
    layer = LAYERS[names[0]]
    for name in names[1:]:
        layer = run("native:intersection", {"INPUT": layer, "OVERLAY": LAYERS[name], "OUTPUT": "memory:"})
    seconds, cells = perf_counter() - start, {}
    at = [layer.fields().indexOf(name) for name in names]
    for feature in layer.getFeatures():
        key = ",".join(str(feature[i]) for i in at)
        cells[key] = cells.get(key, 0.0) + feature.geometry().area()
    return {"seconds": seconds, "cells": cells}


def histogram(name, raster):
    start = perf_counter()
    asked = {"INPUT_RASTER": LAYERS[raster], "RASTER_BAND": 1, "INPUT_VECTOR": LAYERS[name], "OUTPUT": "memory:"}
    found = run("native:zonalhistogram", {**asked, "COLUMN_PREFIX": "c_"})
    return {"seconds": perf_counter() - start, "units": found.featureCount()}


def main():
    application = QgsApplication([], False)
    application.initQgis()
    application.processingRegistry().addProvider(QgsNativeAlgorithms(application.processingRegistry()))
    print("ready", flush=True)
    verbs = {"load": load, "load_raster": load_raster, "cross": cross, "histogram": histogram}
    verbs |= {"open_map": open_map, "open_cells": open_cells, "draw": draw}
    for line in sys.stdin:
        verb, *arguments = json.loads(line)
        print(json.dumps(verbs[verb](*arguments)), flush=True)


main()
