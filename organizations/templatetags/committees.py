"""``{{ committee|within:actor.committee }}`` and ``{% contact committee %}``."""

from django import template

from organizations.committees.models import Committee
from organizations.contacts.summary import Contact, contact_of

register = template.Library()


@register.filter
def within(committee: Committee, own: Committee | None) -> str:
    """The committee's name as those of ``own`` call it."""
    return committee.name_within(own)


@register.inclusion_tag("organizations/contacts/_contact.html")
def contact(committee: Committee) -> dict[str, Contact]:
    """The telephone of its office, or of the nearest office above it. At most one query."""
    return {"contact": contact_of(committee)}
