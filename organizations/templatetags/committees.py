"""Template filter: ``{{ committee|within:actor.committee }}``."""

from django import template

from organizations.committees.models import Committee

register = template.Library()


@register.filter
def within(committee: Committee, own: Committee | None) -> str:
    """The committee's name as those of ``own`` call it."""
    return committee.name_within(own)
