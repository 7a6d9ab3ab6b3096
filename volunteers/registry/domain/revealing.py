"""Looking at a full identifier: a reason, a row that the person sees, for minors an approval.

个人信息保护法, art. 51 (least privilege, de-identification); 未成年人网络保护条例, art. 36
(approval before staff look at a minor's data, and a record of it).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.crypto.sealing import unseal
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.models import User
from volunteers.registry.domain.rules import reason_given
from volunteers.registry.models import (
    EVERYTHING,
    ApprovalState,
    IdentityReveal,
    RevealApproval,
    RevealField,
    Volunteer,
    VolunteerIdentity,
    identity_context,
)

__all__ = [
    "Opened",
    "approve_reveal",
    "decline_reveal",
    "open_identifiers",
    "request_reveal",
    "reveal_identifier",
]

# An approval is for one look, and not for a day when nobody remembers what it was for.
APPROVAL_HOLDS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Opened:
    """A person's identifiers in full, in their stored form; empty where nothing is kept."""

    volunteer: Volunteer
    number: str
    phone: str
    guardian_phone: str


@transaction.atomic
def reveal_identifier(
    volunteer: Volunteer, *, field: RevealField, reason: str, actor: Actor
) -> str:
    """The full value, in its stored form; the look is logged for the person in the same moment.

    Somebody under 18 needs an approval given to this actor within 24 hours, which is used up.
    Raises `Refusal` without a reason, without a value, and with the code ``approval_needed``.
    """
    actor.must("volunteers.reveal")
    user = _account(actor)
    reason = reason_given(reason)
    identity = VolunteerIdentity.objects.select_related("volunteer").get(pk=volunteer.pk)
    sealed: bytes | None = getattr(identity, field.sealed_column)
    if sealed is None:
        raise Refusal(_("Nothing is kept there."), code="nothing_kept", field="field")
    approval = (
        _open_approval(identity.volunteer, field, user) if identity.volunteer.is_minor else None
    )
    reveal = IdentityReveal.objects.create(
        volunteer=identity.volunteer,
        committee_id=identity.committee_id,
        field=field,
        reason=reason,
        user=user,
        user_label=actor.label,
    )
    if approval is not None:
        approval.state, approval.reveal = ApprovalState.USED, reveal
        approval.save(update_fields=["state", "reveal"])
    return unseal(sealed, context=identity_context(volunteer.pk, field.sealed_column))


@transaction.atomic
def open_identifiers(people: QuerySet[Volunteer], *, reason: str, actor: Actor) -> list[Opened]:
    """All identifiers of the people whom the actor's scope shows, in their order.

    A look at each is logged in the same moment. Whoever calls this has made sure that a second
    person approved it: nothing here asks for that. Two queries and one insert.
    """
    actor.must("volunteers.reveal")
    user = _account(actor)
    found = list(people)
    identities = VolunteerIdentity.objects.in_bulk([person.pk for person in found])
    seen = [(person, identities[person.pk]) for person in found if person.pk in identities]
    IdentityReveal.objects.bulk_create(
        IdentityReveal(
            volunteer=person,
            committee_id=person.committee_id,
            field=EVERYTHING,
            reason=reason,
            user=user,
            user_label=actor.label,
        )
        for person, _identity in seen
    )
    return [_opened(person, identity) for person, identity in seen]


def _opened(person: Volunteer, identity: VolunteerIdentity) -> Opened:
    values = {}
    for field in RevealField:
        sealed: bytes | None = getattr(identity, field.sealed_column)
        context = identity_context(person.pk, field.sealed_column)
        values[field.value] = unseal(sealed, context=context) if sealed else ""
    return Opened(person, **values)


@transaction.atomic
def request_reveal(
    volunteer: Volunteer, *, field: RevealField, reason: str, actor: Actor
) -> RevealApproval:
    """Asks a secretary to let the actor look once at a minor's identifier.

    Raises `Refusal` without a reason, for an adult, and while an earlier request is open.
    """
    actor.must("volunteers.reveal")
    user = _account(actor)
    reason = reason_given(reason)
    if not volunteer.is_minor:
        message = _("The volunteer is of age: no approval is needed.")
        raise Refusal(message, code="of_age")
    _close_lapsed(volunteer)
    try:
        with transaction.atomic():
            return RevealApproval.objects.create(
                volunteer=volunteer,
                committee_id=volunteer.committee_id,
                field=field,
                reason=reason,
                asked_by=user,
                asked_by_label=actor.label,
            )
    except IntegrityError as error:
        message = _("You have asked already. A secretary has to answer, or you have to look.")
        raise Refusal(message, code="already_asked") from error


def approve_reveal(approval: RevealApproval, *, actor: Actor) -> RevealApproval:
    """Lets who asked look once within 24 hours.

    Raises `Refusal` for one's own request and for one that has been answered.
    """
    until = timezone.now() + APPROVAL_HOLDS
    return _answer(approval, ApprovalState.APPROVED, actor=actor, expires_at=until)


def decline_reveal(approval: RevealApproval, *, actor: Actor) -> RevealApproval:
    """Refuses the look. Raises `Refusal` as `approve_reveal` does."""
    return _answer(approval, ApprovalState.DECLINED, actor=actor, expires_at=None)


@transaction.atomic
def _answer(
    approval: RevealApproval, state: ApprovalState, *, actor: Actor, expires_at: datetime | None
) -> RevealApproval:
    actor.must("volunteers.reveal.approve")
    user = _account(actor)
    locked = RevealApproval.objects.select_for_update().get(pk=approval.pk)
    if locked.asked_by_id == user.pk:
        message = _("You asked for this look; a second person answers.")
        raise Refusal(message, code="own_request")
    if locked.state != ApprovalState.ASKED:
        raise Refusal(_("This request has been answered already."), code="already_answered")
    locked.state, locked.expires_at = state, expires_at
    locked.answered_by, locked.answered_by_label = user, actor.label
    locked.answered_at = timezone.now()
    locked.save()
    return locked


def _open_approval(volunteer: Volunteer, field: RevealField, user: User) -> RevealApproval:
    """The approval that this look uses up, locked so that it is used once."""
    approval = (
        RevealApproval.objects.select_for_update()
        .filter(
            volunteer=volunteer,
            field=field,
            asked_by=user,
            state=ApprovalState.APPROVED,
            expires_at__gt=timezone.now(),
        )
        .first()
    )
    if approval is None:
        message = _(
            "{name} is under 18: a secretary has to approve the look first. Ask for approval."
        )
        raise Refusal(message.format(name=volunteer.name), code="approval_needed")
    return approval


def _close_lapsed(volunteer: Volunteer) -> None:
    RevealApproval.objects.filter(
        volunteer=volunteer, state=ApprovalState.APPROVED, expires_at__lte=timezone.now()
    ).update(state=ApprovalState.LAPSED)


def _account(actor: Actor) -> User:
    if actor.user is None:
        raise Refusal(_("Sign in to do this."), code="no_account")
    return actor.user
