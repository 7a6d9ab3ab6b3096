"""Which county a row of a ledger means: names repeat, so it is looked for below its city."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date

from core.workbooks.text import matching_key
from organizations.committees.models import Committee, Kind, Level
from organizations.ledger.imports.faults import LedgerFault, RowRefused

__all__ = ["Counties"]

# 清城 for 清城区; what is left must be a name still (城区 stays 城区).
_SUFFIX = re.compile(r"(?<=..)(?:自治县|自治州|地区|市|县|区|旗|州|盟)$")


class Counties:
    """Counties and their cities by name, as spelled in full or without the last word."""

    def __init__(self, cities: list[Committee], counties: list[Committee]) -> None:
        self._cities: dict[str, set[str]] = defaultdict(set)
        self._counties: dict[str, dict[str, str]] = defaultdict(dict)
        for city in cities:
            for key in _keys(city.name):
                self._cities[key].add(city.path)
        for county in counties:
            for key in _keys(county.name):
                self._counties[key][county.path] = county.parent_id or ""

    @classmethod
    def below(cls, path: str, *, on: date) -> Counties:
        """Those that the committee with that key answers for; a county finds itself."""
        reach = Committee.objects.filter(kind=Kind.REGIONAL).existing_on(on)
        counties = list(reach.below(path).filter(level=Level.COUNTY))
        above = {county.parent_id for county in counties if county.parent_id}
        cities = reach.filter(path__in=above) | reach.below(path).filter(level=Level.CITY)
        return cls(list(cities), counties)

    def find(self, *, city: str, county: str) -> str:
        """The county's path key. Raises `RowRefused` where none or several are meant."""
        if not county:
            raise RowRefused("county", LedgerFault("ledger_county_missing"))
        found = self._counties.get(matching_key(county), {})
        paths = set(found)
        if city:
            cities = self._cities.get(matching_key(city))
            if not cities:
                raise RowRefused("city", LedgerFault("ledger_city_unknown", city=city))
            paths = {path for path, parent in found.items() if parent in cities}
        if not paths:
            fault = LedgerFault("ledger_county_unknown", county=county, city=city or "—")
            raise RowRefused("county", fault)
        if len(paths) > 1:
            raise RowRefused("county", LedgerFault("ledger_county_ambiguous", county=county))
        return paths.pop()


def _keys(name: str) -> set[str]:
    return {matching_key(name), matching_key(_SUFFIX.sub("", name))}
