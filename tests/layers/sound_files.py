"""Write small sound datasets, one in each format that is opened: seven places to ``FOLDER/a``, five others to ``b``.

Each lies in a folder of its own with all its files, so that a test can take them apart.
"""

import gzip
import sys
import warnings
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pyogrio
import rasterio.shutil
import shapely
from rasterio.transform import from_origin

PLOTS = {
    "shapefile": "zone.shp",
    "geopackage": "zone.gpkg",
    "geojson": "zone.geojson",
    "flatgeobuf": "zone.fgb",
    "mapinfo-tab": "zone.tab",
    "mapinfo-mif": "zone.mif",
    "filegdb": "zone.gdb",
    "kml": "zone.kml",
    "gml": "zone.gml",
    "sqlite": "zone.sqlite",
    "dxf": "zone.dxf",
}
DRIVERS = {".kml": "KML", ".mif": "MapInfo File", ".gdb": "OpenFileGDB", ".sqlite": "SQLite"}
DATASET_OPTIONS = {".mif": {"FORMAT": "MIF"}, ".sqlite": {"SPATIALITE": "NO"}, ".fgb": {}}
CRS = "EPSG:7791"


def plots(count, left):
    """Return plots of 10 m along a row, no two of the same shape."""
    boxes = [shapely.box(left + 20 * at, 4_883_000, left + 20 * at + 10, 4_883_011 + at) for at in range(count)]
    names = [f"Località {at}" for at in range(count)]
    return gpd.GeoDataFrame({"ZONA": [*"ABCDEFG"][:count], "NOME": names}, geometry=boxes, crs=CRS)


def write_plots(folder, layer):
    """Write every format of GDAL's, each in its folder."""
    for name, file in PLOTS.items():
        path = folder / name / file
        path.parent.mkdir(parents=True)
        placed = layer.to_crs(4326) if path.suffix in (".kml", ".geojson") else layer
        if path.suffix == ".dxf":
            placed = placed[["geometry"]].set_geometry(placed.boundary)
        driver, options = DRIVERS.get(path.suffix), DATASET_OPTIONS.get(path.suffix)
        pyogrio.write_dataframe(placed, path, driver=driver, dataset_options=options)
    write_others(folder, layer)


def write_others(folder, layer):
    """Write GeoParquet and the datasets that are packed."""
    (folder / "geoparquet").mkdir()
    layer.to_parquet(folder / "geoparquet/zone.parquet")
    pack(folder / "kmz/zone.kmz", {"doc.kml": (folder / "kml/zone.kml").read_bytes()})
    parts = {part.name: part.read_bytes() for part in sorted((folder / "shapefile").iterdir())}
    pack(folder / "zip/zone.zip", parts)
    pack(folder / "zip-in-zip/zone.zip", {"zone.zip": (folder / "zip/zone.zip").read_bytes()})


def pack(path, parts):
    """Write a zip whose members bear no date of the clock."""
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def rows(layer):
    """Return the plots as rows of a table: name and middle."""
    return [("nome", "x", "y"), *((n, p.x, p.y) for n, p in zip(layer["NOME"], layer.centroid, strict=True))]


def write_tables(folder, layer):
    """Write the same points as text and as workbooks."""
    for name in ("csv", "csv-wkt", "xlsx", "ods"):
        (folder / name).mkdir()
    lines = [";".join(map(str, row)).replace(".", ",") for row in rows(layer)]
    (folder / "csv/punti.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    wkt = [f'{name},"{shape.wkt}"' for name, shape in zip(layer["NOME"], layer.geometry, strict=True)]
    (folder / "csv-wkt/zone.csv").write_text("\n".join(["nome,wkt", *wkt]) + "\n", encoding="utf-8")
    book = openpyxl.Workbook()
    for row in rows(layer):
        book.active.append(row)
    book.save(folder / "xlsx/punti.xlsx")
    points = gpd.pd.DataFrame(rows(layer)[1:], columns=rows(layer)[0])
    pyogrio.write_dataframe(points, folder / "ods/punti.ods", driver="ODS", layer="Punti")


def write_rasters(folder, size):
    """Write a slope of ``size`` rows as GeoTIFF (plain and packed in tiles), as ASCII grid and as HGT."""
    for name in ("geotiff", "geotiff-packed", "asciigrid", "hgt", "netcdf"):
        (folder / name).mkdir()
    cells = np.add.outer(np.arange(size), np.arange(64)).astype("float32")
    profile = {"driver": "GTiff", "count": 1, "dtype": "float32", "crs": CRS, "nodata": -1, "width": 64}
    profile |= {"height": size, "transform": from_origin(566_000, 4_884_000, 5, 5)}
    packed = {"compress": "deflate", "tiled": True, "blockxsize": 16, "blockysize": 16}
    for path, more in (("geotiff/dtm.tif", {}), ("geotiff-packed/dtm.tif", packed)):
        with rasterio.open(folder / path, "w", **profile, **more) as target:
            target.write(cells, 1)
    rasterio.shutil.copy(folder / "geotiff/dtm.tif", folder / "netcdf/dtm.nc", driver="netCDF")
    head = f"ncols 64\nnrows {size}\nxllcorner 566000\nyllcorner 4883000\ncellsize 5\nNODATA_value -1\n"
    lines = [" ".join(f"{value:g}" for value in row) for row in cells]
    (folder / "asciigrid/dtm.asc").write_text(head + "\n".join(lines) + "\n", encoding="ascii")
    (folder / "asciigrid/dtm.prj").write_text(esri_wkt(), encoding="ascii")
    heights = np.add.outer(np.arange(1201), np.arange(1201) + size).astype(">i2")
    (folder / "hgt/N44E009.hgt").write_bytes(heights.tobytes())


def esri_wkt():
    """Return the CRS as the file beside an ASCII grid has it."""
    return gpd.GeoSeries([], crs=CRS).crs.to_wkt("WKT1_ESRI")


def write_osm(folder, count):
    """Write as many streets and buildings as OSM XML, plain and packed."""
    body = []
    for at in range(count):
        ids = [10 * at + corner for corner in (1, 2, 3, 4)]
        lon, lat = 9.8 + at / 1000, 44.1
        corners = [(lon, lat), (lon + 0.0004, lat), (lon + 0.0004, lat + 0.0003), (lon, lat + 0.0003)]
        nodes = zip(ids, corners, strict=True)
        body += [f'<node id="{i}" version="1" lat="{y:.7f}" lon="{x:.7f}"/>' for i, (x, y) in nodes]
    for at in range(count):
        ids = [10 * at + corner for corner in (1, 2, 3, 4)]
        body.append(way(5000 + at, [*ids, ids[0]], building="yes"))
        body.append(way(6000 + at, ids[:2], highway="residential", name=f"Via {at}"))
    text = f'<?xml version="1.0"?>\n<osm version="0.6">{"".join(body)}</osm>'.encode()
    (folder / "osm").mkdir()
    (folder / "osm/rione.osm").write_bytes(text)
    (folder / "osm-gz").mkdir()
    (folder / "osm-gz/rione.osm.gz").write_bytes(gzip.compress(text, mtime=0))


def way(number, nodes, **tags):
    """Return a way of OSM XML."""
    refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
    words = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
    return f'<way id="{number}" version="1">{refs}{words}</way>'


def write_exchanged(folder, count):
    """Write waypoints of GPX, places of TopoJSON and a timetable."""
    (folder / "gpx").mkdir()
    points = "".join(f'<wpt lat="44.{at}" lon="9.8"><name>P{at}</name></wpt>' for at in range(1, count + 1))
    start = '<?xml version="1.0"?><gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1">'
    (folder / "gpx/punti.gpx").write_text(f"{start}{points}</gpx>", encoding="utf-8")
    (folder / "topojson").mkdir()
    places = ",".join(
        f'{{"type":"Point","coordinates":[9.8,44.{at}],"properties":{{"nome":"P{at}"}}}}' for at in range(1, count + 1)
    )
    (folder / "topojson/punti.json").write_text(
        f'{{"type":"Topology","objects":{{"punti":{{"type":"GeometryCollection","geometries":[{places}]}}}},"arcs":[]}}',
        encoding="utf-8",
    )
    pack(folder / "gtfs/orario.zip", {name: text.encode() for name, text in timetable(count).items()})


def timetable(count):
    """Return the tables of a GTFS timetable with ``count`` stops and one trip on workdays."""
    stops = "".join(f"S{at},Fermata {at},44.{at},9.8\n" for at in range(1, count + 1))
    calls = "".join(f"1,S{at},{at}\n" for at in range(1, count + 1))
    week = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date"
    return {
        "stops.txt": f"stop_id,stop_name,stop_lat,stop_lon\n{stops}",
        "trips.txt": "route_id,service_id,trip_id\nL,F,1\n",
        "stop_times.txt": f"trip_id,stop_id,stop_sequence\n{calls}",
        "calendar.txt": f"{week}\nF,1,1,1,1,1,0,0,20261101,20261114\n",
    }


def main(folder):
    """Write both sets."""
    warnings.simplefilter("ignore")  # DXF has no CRS, KML no other than WGS 84: that is what they are
    for name, count, left in (("a", 7, 566_000), ("b", 5, 567_003)):
        write_plots(folder / name, plots(count, left))
        write_tables(folder / name, plots(count, left))
        write_rasters(folder / name, 40 + count)
        write_osm(folder / name, count)
        write_exchanged(folder / name, count)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
