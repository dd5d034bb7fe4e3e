"""A process of its own that reads what it is told to, so that a crash or a hang of a driver is one failed answer.

One request a line on standard input, one answer a line on standard output, both JSON:
``{"argv": [...]}`` runs the command line, ``{"read": PATH}`` reads every table of a dataset to its end.
"""

import contextlib
import hashlib
import io
import json
import os
import resource
import sys
import time
import traceback
import warnings
from pathlib import Path

from layers.formats.raster import open_raster
from layers.formats.vector import read, tables
from layers.problems import PucError
from layers.source import locate
from puc_tool import cli

MEMORY_BYTES = 6 << 30
"""What a small file may make us take, address space counted: a damaged length must not become an order for memory."""


def command_line(argv):
    """Return exit code, what went to both streams, and the report where it was a bug."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main(argv)
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


def whole(path):
    """Return what is read of each table, or why the dataset is refused."""
    try:
        source = locate(Path(path))
        return {"tables": [raster(source)] if source.format.is_raster else [table(source, n) for n in tables(source)]}
    except PucError as error:
        return {"refused": told(error.problems)}


def table(source, name):
    """Return features, geometry and problems of a table; a geometry is told by the hash of its bytes."""
    try:
        layer, said = read(source, name)
    except PucError as error:
        return {"refused": told(error.problems)}
    shapes = [None if shape is None else hashlib.md5(shape.wkb).hexdigest() for shape in layer.geometry]
    values = [repr(row) for row in layer.drop(columns=layer.geometry.name).itertuples(index=False)]
    return {"name": name, "features": len(layer), "shapes": shapes, "values": values, "said": told(said)}


def raster(source):
    """Return the cells of a raster and their hash."""
    found = open_raster(source)
    cells = found.read(found.grid.whole)
    shapes = [hashlib.md5(cells.astype(float).filled(-1).tobytes()).hexdigest()]
    return {"name": "", "features": int(cells.size), "shapes": shapes, "values": [], "said": []}


def told(problems):
    """Return each problem with its whole sentence in both languages."""
    return [
        {"code": each.code, "severity": each.severity.value, "it": each.sentence("it"), "en": each.sentence("en")}
        for each in problems
    ]


def answer(request):
    """Return the answer to one request and the processor's time it took; what is raised is told with its traceback."""
    began = time.process_time()
    try:
        found = command_line(request["argv"]) if "argv" in request else whole(request["read"])
        return {**found, "processor_s": time.process_time() - began}
    except BaseException:  # noqa: BLE001 (a bug is an answer too)
        return {"raised": traceback.format_exc()}


def main():
    """Answer until there is nothing more to answer. What libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    warnings.simplefilter("error")
    for line in sys.stdin:
        answers.write(json.dumps(answer(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
