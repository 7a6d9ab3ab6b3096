"""Boundaries are small, and named by the codes that committees have."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tools.build_boundaries import CITY_BYTES, PROVINCE_BYTES, main

DIVISIONS = Path("portal/demo/data/divisions-44-guangdong.csv")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("boundaries")
    main([str(folder), "--province", "44"])
    return folder


def features(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["features"]
    return found


def codes_below(parent: str) -> set[str]:
    with DIVISIONS.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["code"]
            for row in csv.DictReader(file)
            if row["parent"] == parent and row["level"] in {"city", "county"}
        }


def test_province_map_has_every_city(folder: Path) -> None:
    drawn = {feature["properties"]["code"] for feature in features(folder / "44.json")}
    assert drawn == codes_below("44")


def test_city_maps_have_every_county(folder: Path) -> None:
    for city in codes_below("44") - {"4419", "4420"}:
        drawn = {feature["properties"]["code"] for feature in features(folder / f"{city}.json")}
        assert drawn == codes_below(city)


def test_cities_without_counties_have_no_map(folder: Path) -> None:
    assert not (folder / "4419.json").exists()
    assert not (folder / "4420.json").exists()


def test_maps_are_small(folder: Path) -> None:
    assert (folder / "44.json").stat().st_size <= PROVINCE_BYTES
    assert max(file.stat().st_size for file in folder.glob("44??.json")) <= CITY_BYTES


def test_neighbours_share_their_border(folder: Path) -> None:
    """Simplified one by one, neighbours would have hardly a point in common."""
    points = {
        feature["properties"]["code"]: {
            (point[0], point[1])
            for polygon in feature["geometry"]["coordinates"]
            for ring in polygon
            for point in ring
        }
        for feature in features(folder / "4418.json")
    }
    assert len(points["441802"] & points["441803"]) > 20


def test_unknown_province_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), "--province", "99"]) == 0
    assert not list(tmp_path.iterdir())
    assert "treemaps" in capsys.readouterr().out
