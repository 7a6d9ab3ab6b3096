"""Reads of hours that stand on its models: the records that a list is narrowed to."""

from volunteers.hours.summary.asked import COUNTY_TIER, OF_A_COUNTY, records_asked

__all__ = ["COUNTY_TIER", "OF_A_COUNTY", "records_asked"]
