"""Names and sizes that the fault tests and their processes share."""

from pathlib import Path

__all__ = ["COUNTY", "DIVISIONS", "MEMBER", "PEOPLE", "ROWS"]

DIVISIONS = Path(__file__).resolve().parents[2] / "portal/demo/data/divisions-44-guangdong.csv"

COUNTY = "441802"
MEMBER = "recorder"
PEOPLE = 200
ROWS = 10_000
