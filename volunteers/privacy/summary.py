"""Who looked at a person's data and why, read in that person's own scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.web.labels import label_of
from organizations.accounts.models import MemberRole
from volunteers.registry.models import LOOKED_AT, ApprovalState

__all__ = ["Look", "looks_at_the_person"]

# What an access, an approval or an export is called, by the words of their tables.
_ACCESS, _EXPORT, _LOOK = "access", "export", "look"


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody saw the data, was let or not let see them, or took them along.

    ``who`` is the name as it was then, ``committee`` and ``role`` are those acted for. ``kind``:
    ``look`` (a full number was shown), ``approval`` and ``access`` (a second person was asked),
    ``export`` (a list with masked numbers). ``state`` and ``answered_by`` are empty for a look.
    """

    at: datetime
    kind: str
    what: str
    who: str
    committee: str
    role: str
    reason: str
    state: str
    answered_by: str
    until: datetime | None

    @property
    def what_label(self) -> str:
        """What was seen, in the reader's language."""
        if self.kind == _EXPORT:
            return {
                "volunteers": _("taken along: list of volunteers, numbers masked"),
                "records": _("taken along: list of service records"),
                "disclosures": _("taken along: audit of access to full data"),
            }[self.what]
        if self.kind == _ACCESS:
            return _("access to all numbers for a time")
        field = dict(LOOKED_AT)[self.what]
        if self.kind == _LOOK:
            return _("seen: {what}").format(what=field)
        return _("one look: {what}").format(what=field)

    @property
    def role_label(self) -> str:
        """The role in which the account acted; empty where none is on record."""
        return label_of(MemberRole, self.role) if self.role else ""

    @property
    def state_label(self) -> str:
        """What became of a request; empty for a look, which was."""
        if self.kind == _ACCESS and self.state == "open":
            is_open = self.until is not None and self.until > timezone.now()
            return pgettext("access", "open") if is_open else _("time is over")
        if self.kind == _ACCESS:
            return {"asked": _("asked"), "declined": _("declined")}.get(
                self.state, pgettext("access", "ended early")
            )
        return label_of(ApprovalState, self.state) if self.state else ""


def looks_at_the_person(most: int | None = None) -> list[Look]:
    """Newest first; ``most`` of them, or all. One query.

    Empty outside of a volunteer's scope: the function of the database answers nobody else.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM volunteers_who_looked(%s)", [most])
        return [Look(*row) for row in cursor.fetchall()]
