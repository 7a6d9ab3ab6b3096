"""The committee's seal: requested by the volunteer, applied by an officer, never by itself."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.certificates.models import Certificate, SealState
from volunteers.registry.domain import reason_given

__all__ = ["answer_seal", "ask_seal"]


@transaction.atomic
def ask_seal(certificate: Certificate, *, actor: Actor) -> None:
    """Puts it into the committee's queue. Raises `Refusal` where it waits or is sealed already."""
    actor.must("own.certify")
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not locked.may_ask_seal:
        message = _("The seal has been requested or applied already.")
        raise Refusal(message, code="seal_asked")
    locked.seal_state = SealState.REQUESTED
    locked.seal_asked_at = timezone.now()
    locked.save(update_fields=["seal_state", "seal_asked_at"])


@transaction.atomic
def answer_seal(certificate: Certificate, *, actor: Actor, apply: bool, reason: str = "") -> None:
    """Seals, or says why not. Raises `Refusal` when it does not wait, and for one's own."""
    actor.must("certificates.seal")
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if not locked.awaits_seal:
        raise Refusal(_("No seal is requested for this certificate."), code="not_asked")
    if actor.user is None or actor.user.volunteer_id == locked.volunteer_id:
        message = _("Nobody seals the own certificate. Ask a colleague.")
        raise Refusal(message, code="own_certificate")
    locked.seal_state = SealState.APPLIED if apply else SealState.DECLINED
    locked.seal_answered_at = timezone.now()
    locked.seal_answered_by = actor.user
    locked.seal_answered_by_label = actor.label
    locked.seal_reason = "" if apply else reason_given(reason)
    locked.save(
        update_fields=[
            "seal_state",
            "seal_answered_at",
            "seal_answered_by",
            "seal_answered_by_label",
            "seal_reason",
        ]
    )
