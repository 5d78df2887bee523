"""Our exports in the hands of GDAL: what it reads out of every format is what our GeoJSON says."""

import json
import os
import pathlib
import re
import sqlite3
import subprocess
import tempfile
import unittest

from shapely import wkt
from shapely.geometry import MultiLineString, MultiPolygon, shape

from demo import Demo

LAYERS = ("areas", "households", "roads", "base", "facilities", "shops", "staffing", "visits")
KEYS = {"areas": ("code",), "staffing": ("grid", "post")}
TYPES = {"areas": "Multi Polygon", "roads": "Line String", "base": "Unknown (any)"}
# Columns that are numbers; every other one is text, a yes or no, or a moment.
NUMBERS = {
    "residents", "floor", "attempts", "doors", "eligible", "touched", "reached", "untouched", "reached_share",
}
NINE_DECIMALS = 1e-9


def run(*arguments):
    # GDAL guesses whether a sheet's first row names its columns, and guesses wrong where all of them are text.
    environment = os.environ | {"OGR_XLSX_HEADERS": "FORCE"}
    return subprocess.run(arguments, check=True, capture_output=True, text=True, env=environment).stdout


def plain(name, value):
    """A value as every format can be made to say it."""
    if value is None or value == "":
        return None
    if name in NUMBERS:
        return float(value)
    if isinstance(value, bool):
        return int(value)
    text = str(value)
    # GDAL's way to write a day and a moment.
    text = re.sub(r"^(\d{4})/(\d\d)/(\d\d)", r"\1-\2-\3", text)
    text = re.sub(r"^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)", r"\1T\2", text)
    text = re.sub(r"(T\d\d:\d\d:\d\d)(\.\d+)?$", r"\1", text)
    return {"true": 1, "false": 0}.get(text, int(text) if text in ("0", "1") else text)


def unguarded(value):
    """Text of a CSV file without the apostrophe that keeps spreadsheets from calculating."""
    return value[1:] if isinstance(value, str) and re.match(r"'+[=+\-@]", value) else value


def multi(geometry):
    """The shape as several, as tables of one type have it."""
    if geometry is None or geometry.is_empty:
        return None
    if geometry.geom_type == "Polygon":
        geometry = MultiPolygon([geometry])
    if geometry.geom_type == "LineString":
        geometry = MultiLineString([geometry])
    return geometry.normalize()


class Exports(unittest.TestCase):
    """Counts, coordinate systems, types, columns and content."""

    @classmethod
    def setUpClass(cls):
        cls.demo = Demo(1500)
        cls.folder = tempfile.TemporaryDirectory(prefix="wangge-export-")
        cls.ours = {}
        for layer in LAYERS:
            collection = cls.demo.json(f"/api/export/{layer}.geojson")
            rows = ((f["properties"], f["geometry"] and shape(f["geometry"])) for f in collection["features"])
            cls.ours[layer] = cls.keyed(layer, rows)

    @classmethod
    def tearDownClass(cls):
        cls.demo.stop()
        cls.folder.cleanup()

    @classmethod
    def file(cls, layer, ending):
        path = pathlib.Path(cls.folder.name) / f"{layer}.{ending}"
        if not path.exists():
            path.write_bytes(cls.demo.get(f"/api/export/{layer}.{ending}"))
        return str(path)

    @staticmethod
    def keyed(layer, rows):
        """Rows under their keys, comparable."""
        found = {}
        for properties, geometry in rows:
            values = {name: plain(name, value) for name, value in properties.items()}
            key = tuple(values[name] for name in KEYS.get(layer, ("id",)))
            assert key not in found, key
            found[key] = ({name: value for name, value in values.items() if value is not None}, multi(geometry))
        return found

    def read(self, path, *options):
        text = run("ogr2ogr", "-f", "GeoJSON", "/vsistdout/", path, "-lco", "COORDINATE_PRECISION=15", *options)
        return json.loads(text)["features"]

    def assert_same(self, layer, theirs):
        ours = self.ours[layer]
        self.assertEqual(set(theirs), set(ours), layer)
        for key, (values, geometry) in theirs.items():
            self.assertEqual(values, ours[key][0], f"{layer} {key}")
            if geometry is None or ours[key][1] is None:
                self.assertEqual(geometry, ours[key][1], f"{layer} {key}")
            else:
                same = geometry.equals_exact(ours[key][1], NINE_DECIMALS)
                self.assertTrue(same, f"{layer} {key}: {geometry} is not {ours[key][1]}")

    def test_there_is_something_in_every_layer(self):
        for layer in LAYERS:
            self.assertGreater(len(self.ours[layer]), 3, layer)

    def test_gdal_names_the_count_the_type_and_the_coordinate_system(self):
        for layer in LAYERS:
            for ending in ("gpkg", "fgb"):
                said = run("ogrinfo", "-so", "-al", "-ro", self.file(layer, ending))
                self.assertIn(f"Feature Count: {len(self.ours[layer])}\n", said)
                self.assertIn(f"Geometry: {TYPES.get(layer, 'Point')}\n", said, layer)
                self.assertIn('ID["EPSG",4326]', said)
                self.assertIn(f"Layer name: {layer}\n", said)

    def test_columns_have_their_types(self):
        for ending in ("gpkg", "fgb", "xlsx"):
            whole = "Integer" if ending == "xlsx" else "Integer64"
            said = run("ogrinfo", "-so", "-al", "-ro", self.file("areas", ending))
            for line in ("code: String", f"doors: {whole}", "reached_share: Real"):
                self.assertIn(line, said, ending)
        self.assertIn("starts_on: Date", run("ogrinfo", "-so", "-al", "-ro", self.file("staffing", "gpkg")))
        self.assertIn("starts_on: Date", run("ogrinfo", "-so", "-al", "-ro", self.file("staffing", "xlsx")))
        self.assertIn("follow_up_due: Integer(Boolean)", run("ogrinfo", "-so", "-al", self.file("households", "fgb")))

    def test_geopackages_and_flatgeobufs_hold_what_our_geojson_holds(self):
        for layer in LAYERS:
            for ending in ("gpkg", "fgb"):
                features = self.read(self.file(layer, ending))
                rows = ((f["properties"], f["geometry"] and shape(f["geometry"])) for f in features)
                self.assert_same(layer, self.keyed(layer, rows))

    def test_csv_holds_what_our_geojson_holds(self):
        place = ("-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat", "-oo", "GEOM_POSSIBLE_NAMES=wkt")
        for layer in LAYERS:
            path = self.file(layer, "csv")
            self.assertTrue(pathlib.Path(path).read_bytes().startswith(b"\xef\xbb\xbf"))
            features = self.read(path, *place, "-oo", "KEEP_GEOM_COLUMNS=NO")
            rows = []
            for f in features:
                properties = {name: unguarded(value) for name, value in f["properties"].items()}
                rows.append((properties, f["geometry"] and shape(f["geometry"])))
            self.assert_same(layer, self.keyed(layer, rows))

    def test_workbooks_hold_what_our_geojson_holds(self):
        for layer in LAYERS:
            rows = []
            for feature in self.read(self.file(layer, "xlsx")):
                properties = feature["properties"]
                lon, lat, text = (properties.pop(name, None) for name in ("lon", "lat", "wkt"))
                geometry = shape({"type": "Point", "coordinates": [lon, lat]}) if lon is not None else None
                rows.append((properties, wkt.loads(text) if text else geometry))
            self.assert_same(layer, self.keyed(layer, rows))

    def test_flatgeobufs_are_searched_through_their_index(self):
        points = [geometry.geoms[0] if hasattr(geometry, "geoms") else geometry for _, geometry in self.ours["households"].values()]
        west, east = sorted(point.x for point in points)[len(points) // 4], max(point.x for point in points)
        south, north = min(point.y for point in points), sorted(point.y for point in points)[len(points) // 2]
        # Whether a point on the very edge counts is for GDAL to say.
        west, south, east, north = west - 2e-8, south - 2e-8, east + 2e-8, north + 2e-8
        inside = sum(west <= point.x <= east and south <= point.y <= north for point in points)
        box = [str(number) for number in (west, south, east, north)]
        said = run("ogrinfo", "-so", "-al", "-ro", self.file("households", "fgb"), "-spat", *box)
        self.assertIn(f"Feature Count: {inside}\n", said)
        with open(self.file("households", "fgb"), "rb") as file:
            self.assertEqual(file.read(8), b"fgb\x03fgb\x00")

    def test_geopackages_are_what_the_standard_asks_for(self):
        for layer in LAYERS:
            connection = sqlite3.connect(self.file(layer, "gpkg"))
            one = lambda sql: connection.execute(sql).fetchone()
            self.assertEqual(one("PRAGMA application_id"), (0x47504B47,))
            self.assertEqual(one("PRAGMA user_version"), (10300,))
            self.assertEqual(one("PRAGMA integrity_check"), ("ok",))
            self.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [])
            self.assertEqual(one("SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326)"), (3,))
            contents = one("SELECT table_name, data_type, srs_id, min_x, min_y, max_x, max_y FROM gpkg_contents")
            self.assertEqual(contents[:3], (layer, "features", 4326))
            boxes = [geometry.bounds for _, geometry in self.ours[layer].values() if geometry]
            corners = [min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)]
            for said, expected in zip(contents[3:], corners):
                self.assertAlmostEqual(said, expected, delta=NINE_DECIMALS)
            extension = one("SELECT table_name, column_name, extension_name, scope FROM gpkg_extensions")
            self.assertEqual(extension, (layer, "geom", "gpkg_rtree_index", "write-only"))
            self.assertEqual(one(f"SELECT count(*) FROM rtree_{layer}_geom"), (len(boxes),))
            triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            kinds = ("insert", "update1", "update2", "update3", "update4", "delete")
            self.assertEqual({name for (name,) in triggers}, {f"rtree_{layer}_geom_{kind}" for kind in kinds})
            connection.close()

    def test_a_geopackage_can_be_edited_and_its_index_follows(self):
        path = pathlib.Path(self.folder.name) / "edited.gpkg"
        path.write_bytes(pathlib.Path(self.file("roads", "gpkg")).read_bytes())
        count = len(self.ours["roads"])
        run("ogrinfo", str(path), "-sql", "DELETE FROM roads WHERE fid = 1")
        run("ogrinfo", str(path), "-sql", "UPDATE roads SET geom = NULL WHERE fid = 2")
        connection = sqlite3.connect(path)
        self.assertEqual(connection.execute("SELECT count(*) FROM roads").fetchone(), (count - 1,))
        self.assertEqual(connection.execute("SELECT count(*) FROM rtree_roads_geom").fetchone(), (count - 2,))
        connection.close()


if __name__ == "__main__":
    unittest.main()
