"""Eighteen while a guardian is asked: from that day on the person decides.

What the person had asked for goes to the receiving committee by itself; what the present committee
had asked for waits until the person has agreed.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.tenancy.scope import Scope, acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.transfers.models import Transfer

__all__ = ["agree_as_grown", "release_grown"]


@transaction.atomic
def agree_as_grown(transfer: Transfer, *, actor: Actor) -> Transfer:
    """The person agrees to what the guardian was asked; the receiving committee sees it now.

    Raises `Refusal` before the eighteenth birthday, and where nothing is asked any more.
    """
    actor.must("own.transfer")
    with connection.cursor() as cursor:
        cursor.execute("SELECT volunteers_person_agrees(%s)", [transfer.pk])
        (problem,) = cursor.fetchone()
    if problem:
        said = _("This transfer has been settled meanwhile; nothing is asked of you any more.")
        raise Refusal(said, code=problem)
    transfer.refresh_from_db()
    return transfer


def release_grown() -> int:
    """Passes on what people asked for themselves who have come of age since; how many.

    Opens its own scope.
    """
    with acting_as(Scope.for_job("coming of age in a transfer")), connection.cursor() as cursor:
        cursor.execute("SELECT volunteers_release_grown()")
        (released,) = cursor.fetchone()
    count: int = released
    return count
