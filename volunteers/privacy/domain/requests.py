"""What a person asks about the own entry, and what the committee answers."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from volunteers.privacy.domain.persons import locked_entry
from volunteers.privacy.models import PrivacyRequest, RequestKind, RequestState
from volunteers.registry.models import Volunteer

__all__ = ["answer_request", "ask_data_correction", "say_of_number"]

_DECLINABLE = {RequestKind.CORRECTION, RequestKind.NUMBER}


@transaction.atomic
def ask_data_correction(volunteer: Volunteer, *, message: str, actor: Actor) -> PrivacyRequest:
    """Tells the committee what is wrong about the entry (志愿服务记录与证明出具办法, art. 13).

    Raises `Refusal` without words, and while an earlier request is open.
    """
    actor.must("own.view")
    most = PrivacyRequest._meta.get_field("message").max_length
    missing = _("Say what is wrong, and what is right.")
    said = text_given(message, field="message", most=most, missing=missing)
    try:
        with transaction.atomic():
            return PrivacyRequest.objects.create(
                volunteer=volunteer,
                committee_id=volunteer.committee_id,
                kind=RequestKind.CORRECTION,
                message=said,
                asked_by=actor.user,
                asked_by_label=actor.label,
            )
    except IntegrityError as error:
        message = _("The committee has still to answer your earlier request.")
        raise Refusal(message, code="request_open") from error


@transaction.atomic
def answer_request(
    request: PrivacyRequest, *, done: bool, answer: str, actor: Actor
) -> PrivacyRequest:
    """The committee has put it right, taken note of it, or says why not; the person reads it.

    Raises `Refusal` without words for a refusal, for what only time or the person ends, and for
    what has been answered.
    """
    actor.must("privacy.answer")
    locked = PrivacyRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not locked.is_open:
        raise Refusal(_("This request has been answered already."), code="already_answered")
    if locked.seals_away:
        message = _("This is done by itself on its day; only the person can cancel it.")
        raise Refusal(message, code="not_yours")
    if not done and locked.kind not in _DECLINABLE:
        raise Refusal(_("Withdrawing consent cannot be declined."), code="not_yours")
    most = PrivacyRequest._meta.get_field("answer").max_length
    missing = "" if done else _("Say why: the person reads it.")
    locked.answer = text_given(answer, field="answer", most=most, missing=missing)
    locked.state = RequestState.DONE if done else RequestState.DECLINED
    locked.answered_by, locked.answered_by_label = actor.user, actor.label
    locked.answered_at = timezone.now()
    locked.save()
    return locked


@transaction.atomic
def say_of_number(*, is_mine: bool, actor: Actor) -> PrivacyRequest:
    """The person says whose the number is that a committee was asked to check.

    “Mine” settles it; “not mine” leaves it to the committee to put the entry right. Runs in the
    scope of `scope_of_person`. Raises `Refusal` where nothing is being checked.
    """
    actor.must("own.view")
    volunteer = locked_entry(actor.scope.volunteer)
    checks = volunteer.privacy_requests.select_for_update(of=("self",)).open()
    request = checks.filter(kind=RequestKind.NUMBER).first()
    if request is None:
        raise Refusal(_("No number is being checked."), code="no_check")
    if is_mine:
        request.answer = _("The person says that the number is theirs.")
        request.state, request.answered_at = RequestState.DECLINED, timezone.now()
        request.answered_by, request.answered_by_label = actor.user, actor.label
    else:
        request.answer = _("The person says that the number is not theirs.")
    request.save()
    return request
