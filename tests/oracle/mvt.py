"""Our tiles in the hands of the Python reader mapbox-vector-tile, their polygons checked by shapely."""

import math
import unittest

import mapbox_vector_tile
from shapely.geometry import shape

from demo import Demo


def tile_at(lon, lat, zoom):
    size = 2**zoom
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * size
    return int((lon + 180) / 360 * size), int(y)


class Tiles(unittest.TestCase):
    """What a stranger reads out of our tiles is what the API says."""

    @classmethod
    def setUpClass(cls):
        cls.demo = Demo(1500)
        cls.doors = cls.demo.json("/api/doors?limit=1500")["features"]

    @classmethod
    def tearDownClass(cls):
        cls.demo.stop()

    def tiles(self, layers, zoom):
        """Every tile that holds a door, decoded; y grows downwards as in the file."""
        addresses = {tile_at(*door["geometry"]["coordinates"], zoom) for door in self.doors}
        for x, y in sorted(addresses):
            data = self.demo.get(f"/tiles/{layers}/{zoom}/{x}/{y}")
            yield mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})

    def test_doors_are_read_with_the_state_the_api_says(self):
        states = {door["properties"]["slot"]: door["properties"]["state"] for door in self.doors}
        seen = set()
        for tile in self.tiles("households", 15):
            for feature in tile["households"]["features"]:
                self.assertEqual(feature["geometry"]["type"], "Point")
                self.assertEqual(feature["properties"]["state"], states[feature["id"]])
                seen.add(feature["id"])
        self.assertEqual(seen, set(states))

    def test_areas_are_valid_polygons(self):
        for zoom in (11, 13, 15):
            for tile in self.tiles("areas", zoom):
                self.assertEqual(tile["areas"]["extent"], 4096)
                self.assertEqual(tile["areas"]["version"], 2)
                for feature in tile["areas"]["features"]:
                    geometry = shape(feature["geometry"])
                    self.assertIn(geometry.geom_type, ("Polygon", "MultiPolygon"))
                    self.assertGreater(geometry.area, 0)
                    self.assertTrue(geometry.is_valid, feature["properties"])

    def test_grids_of_a_tile_do_not_overlap(self):
        for tile in self.tiles("areas", 14):
            grids = [shape(f["geometry"]) for f in tile["areas"]["features"] if f["properties"]["level"] == "grid"]
            for i, one in enumerate(grids):
                for other in grids[i + 1 :]:
                    shared = one.buffer(0).intersection(other.buffer(0)).area
                    self.assertLess(shared, 0.002 * min(one.area, other.area) + 200)

    def test_a_composite_is_read_layer_by_layer(self):
        tile = next(self.tiles("areas,households,roads,base", 15))
        self.assertEqual(set(tile), {"areas", "households", "roads", "base"})


if __name__ == "__main__":
    unittest.main()
