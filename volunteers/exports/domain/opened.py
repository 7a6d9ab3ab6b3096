"""The full data of an approved access as a file: opened and logged as a look is."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.workbooks.tables import Column
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from volunteers.disclosure.domain import look_at_disclosed
from volunteers.disclosure.models import Disclosure
from volunteers.exports.domain.tables import Cells, Table
from volunteers.registry.domain import Opened
from volunteers.registry.models import Volunteer

__all__ = ["opened_table"]


def opened_table(disclosure: Disclosure, *, actor: Actor) -> Table:
    """The people of an access with all their numbers.

    Nothing is opened before the first row is read; then it is one look at everybody. Raises
    `Refusal` there, to anybody but who asked and outside the access's time.
    """
    shown: dict[int, Opened] = {}

    def rows(chunk: list[Volunteer]) -> Iterator[Cells]:
        if not shown:
            looked = look_at_disclosed(disclosure, actor=actor)
            shown.update({each.volunteer.pk: each for each in looked})
        paths = {person.committee_id for person in chunk}
        names = dict(Committee.objects.filter(path__in=paths).values_list("path", "full_name"))
        for person in chunk:
            if opened := shown.get(person.pk):
                yield _cells(opened, names.get(person.committee_id, ""))

    people = Volunteer.objects.filter(disclosed__disclosure=disclosure)
    return Table(_columns(), [(people, rows, lambda chunk: (person.pk for person in chunk))])


def _columns() -> list[Column]:
    return [
        Column(_("Name")),
        Column(_("Portal number")),
        Column(_("Township"), 30),
        Column(_("Gender"), 8),
        Column(_("Birth date"), 12, "day"),
        Column(_("Identity number"), 22),
        Column(_("Telephone"), 16),
        Column(_("Guardian")),
        Column(_("Guardian's telephone"), 16),
    ]


def _cells(opened: Opened, committee: str) -> Cells:
    person = opened.volunteer
    return (
        person.name,
        person.number,
        committee,
        person.get_gender_display(),
        person.birth_date,
        opened.number,
        opened.phone,
        person.guardian_name,
        opened.guardian_phone,
    )
