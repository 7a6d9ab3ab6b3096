"""Families: an account that acts for a child, proven by a code to the guardian's telephone."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.identity.ages import day_of_age
from core.messages.codes import Asked, ask_code, redeem_code
from core.web.refusals import Refusal
from organizations.accounts.domain import open_parent_account
from organizations.accounts.models import User
from organizations.family.models import FamilyTie
from volunteers.privacy.domain.persons import locked_entry, phone_of
from volunteers.registry.domain.matching import entry_named
from volunteers.registry.models import Volunteer

__all__ = ["ask_family_code", "child_of_code", "end_tie", "open_family", "tie_child"]

_PURPOSE = "family"


def ask_family_code(*, number: str, name: str, address: str) -> UUID:
    """Sends a code to the guardian on record of that child, if there is one; the code's key.

    Silent about who is known. Raises `Refusal` for what is no number, and when asked too often.
    """
    said, entry = entry_named(number, name)
    child = entry if entry is not None and entry.is_minor else None
    code = ask_code(
        Asked(
            purpose=_PURPOSE,
            subject=said,
            address=address,
            text=_(
                "{code} is your code to hold your child's volunteer pages. It holds 10 minutes."
            ),
            target=child.pk if child else None,
            phone=phone_of(child.pk, guardian=True) if child else None,
        )
    )
    return code.pk


def child_of_code(code_id: UUID | None, digits: str) -> int | None:
    """The child that a right code names, once; None for a wrong one, which counts as a try."""
    code = redeem_code(code_id, digits, purpose=_PURPOSE)
    return code.target if code else None


@transaction.atomic
def tie_child(user: User, volunteer_id: int) -> FamilyTie:
    """From now until the child is of age the account acts for it; again is no fault.

    Only after a code was right. Raises `Refusal` for somebody of age.
    """
    child = locked_entry(volunteer_id)
    _must_be_minor(child)
    try:
        with transaction.atomic():
            return FamilyTie.objects.create(
                user=user,
                volunteer_id=child.pk,
                child_name=child.name,
                until=day_of_age(child.birth_date),
            )
    except IntegrityError:
        return FamilyTie.objects.get(user=user, volunteer_id=child.pk, ended_at__isnull=True)


@transaction.atomic
def open_family(volunteer_id: int, *, name: str, username: str, password: str) -> FamilyTie:
    """An account for a parent without one, with the child in it. Raises as both verbs do."""
    _must_be_minor(locked_entry(volunteer_id))
    user = open_parent_account(username=username, name=name, password=password)
    return tie_child(user, volunteer_id)


def end_tie(tie_id: int, *, user: User) -> None:
    """The account acts for the child no more, at once. Raises `Refusal` for no tie of one's own."""
    ended = FamilyTie.objects.filter(pk=tie_id, user=user, ended_at__isnull=True).update(
        ended_at=timezone.now()
    )
    if not ended:
        raise Refusal(_("This has ended already."), code="no_tie")


def _must_be_minor(child: Volunteer) -> None:
    if not child.is_minor:
        raise Refusal(_("{name} is of age.").format(name=child.name), code="of_age")
