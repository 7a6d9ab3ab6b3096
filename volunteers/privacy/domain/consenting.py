"""Giving consent and taking it back, the one as easily as the other (个人信息保护法, art. 15).

Runs in the scope of `scope_of_person`, or of a job for guardians, who have no account.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.scope import because
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.privacy.domain.persons import locked_entry
from volunteers.privacy.models import (
    Consent,
    ConsentKind,
    ConsentText,
    HowConsented,
    PrivacyRequest,
    RequestKind,
    RequestState,
)
from volunteers.registry.models import Volunteer, VolunteerState

__all__ = ["give_own_consent", "publish_text", "record_consent", "withdraw_own_consent"]


@transaction.atomic
def give_own_consent(*, actor: Actor) -> Consent:
    """The person consents to the text in force; whoever had withdrawn serves again.

    Raises `Refusal` for an entry that is sealed away, or about to be.
    """
    actor.must("own.view")
    volunteer = locked_entry(actor.scope.volunteer)
    if volunteer.privacy_requests.open().sealing().exists():
        message = _("The erasure of this entry has been asked for. Cancel that first.")
        raise Refusal(message, code="erasure_open")
    consent = record_consent(
        volunteer, ConsentKind.OWN, given_by=actor.name, how=HowConsented.ACCOUNT
    )
    withdrawn = volunteer.privacy_requests.filter(kind=RequestKind.WITHDRAWAL).order_by("-pk")
    last = withdrawn.first()
    if last is not None and volunteer.state == VolunteerState.WITHDRAWN and last.state_before:
        volunteer.state = last.state_before
    withdrawn.open().update(state=RequestState.CANCELLED, answered_at=timezone.now())
    volunteer.consent_on = timezone.localdate()
    volunteer.consent_evidence = _("consented in the portal, version {version} of the text").format(
        version=consent.text.version
    )
    with because(_("own consent given")):
        volunteer.save(update_fields=["state", "consent_on", "consent_evidence"])
    return consent


@transaction.atomic
def withdraw_own_consent(*, actor: Actor) -> PrivacyRequest:
    """Nothing new is done with the data from now on, and the committee is told.

    What was served stays on record (GB/T 40143-2021). Raises `Refusal` where it is withdrawn
    already.
    """
    actor.must("own.view")
    volunteer = locked_entry(actor.scope.volunteer)
    before = volunteer.state
    if before == VolunteerState.WITHDRAWN:
        raise Refusal(_("You have withdrawn already."), code="withdrawn")
    volunteer.consents.standing().by_the_person().update(ended_at=timezone.now())
    volunteer.state = VolunteerState.WITHDRAWN
    with because(_("consent withdrawn by the person")):
        volunteer.save(update_fields=["state"])
    return PrivacyRequest.objects.create(
        volunteer=volunteer,
        committee_id=volunteer.committee_id,
        kind=RequestKind.WITHDRAWAL,
        state_before=before,
        asked_by=actor.user,
        asked_by_label=actor.label,
    )


def record_consent(
    volunteer: Volunteer,
    kind: ConsentKind,
    *,
    given_by: str,
    how: HowConsented,
    phone_mask: str = "",
    text: ConsentText | None = None,
) -> Consent:
    """Writes down who consented to which version, and ends the consent that stood before."""
    volunteer.consents.standing().filter(kind=kind).update(ended_at=timezone.now())
    return Consent.objects.create(
        volunteer=volunteer,
        committee_id=volunteer.committee_id,
        kind=kind,
        text=text or ConsentText.objects.in_force(kind, volunteer.committee_id),
        given_by=given_by,
        how=how,
        phone_mask=phone_mask,
    )


@transaction.atomic
def publish_text(kind: ConsentKind, *, title: str, body: str, actor: Actor) -> ConsentText:
    """The next version of the province's text; whoever consented before keeps the version seen.

    Raises `Refusal` for an empty text and for a committee that is no province.
    """
    actor.must("consents.publish")
    if actor.committee is None or actor.committee.level != "province":
        raise Refusal(_("The province publishes these texts."), code="not_province")
    if not body.strip() or not title.strip():
        raise Refusal(_("The text is missing."), code="text_missing", field="body")
    own = ConsentText.objects.of_kind(kind).filter(committee=actor.committee)
    latest = ConsentText.objects.in_force(kind, actor.committee.path)
    return ConsentText.objects.create(
        kind=kind,
        committee=actor.committee,
        version=max(latest.version, own.count()) + 1,
        title=title.strip(),
        body=body.strip(),
        published_by_label=actor.label,
    )
