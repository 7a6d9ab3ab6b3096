"""What a volunteer is to know at once: what is asked of them, and what has been answered lately."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.moments import moment_text
from volunteers.activities.models import ActivityChange
from volunteers.certificates.models import Certificate, CertificateState, SealState
from volunteers.feedback.domain import CHANGEABLE
from volunteers.feedback.models import Feedback, Side
from volunteers.hours.models import CorrectionRequest
from volunteers.notices.models import Delivery
from volunteers.signups.models import SignUp, SignUpState
from volunteers.transfers.models import AskingSide, Transfer, TransferState

__all__ = ["News", "news_of"]

# Answers stand on the first page for so long; their own pages keep them.
_LATELY = timedelta(days=30)
_MOST = 5


@dataclass(frozen=True, slots=True)
class News:
    """One line of the first page; ``is_urgent`` where it waits for the person."""

    title: str
    detail: str
    url: str
    is_urgent: bool = False


def news_of(volunteer_id: int | None) -> list[News]:
    """What waits for the person first, then what was answered lately. Seven queries."""
    if volunteer_id is None:
        return []
    return [
        *_places(volunteer_id),
        *_messages(volunteer_id),
        *_changes(volunteer_id),
        *_to_rate(volunteer_id),
        *_transfers(volunteer_id),
        *_certificates(volunteer_id),
        *_corrections(volunteer_id),
    ]


def _places(volunteer_id: int) -> Iterator[News]:
    """Places to answer for, and sign-ups that somebody else made or ended lately, with why."""
    mine = SignUp.objects.of_person(volunteer_id).with_calls()
    ended = Q(state=SignUpState.REMOVED, ended_at__gte=timezone.now() - _LATELY)
    added = Q(
        state=SignUpState.PLACED, asked_at__gte=timezone.now() - _LATELY, shift__ends_at__gt=Now()
    ) & (~Q(added_reason="") | Q(team__isnull=False))
    told = mine.filter(Q(state=SignUpState.OFFERED) | ended | added)
    for each in told.order_by("state", "-pk")[:_MOST]:
        url = reverse("signups:call-detail", args=[each.activity_id])
        when = moment_text(each.shift.starts_at)
        said = f"{each.activity.title} · {when}"
        if each.state == SignUpState.OFFERED:
            yield News(_("A place is free for you: answer in time"), said, url, is_urgent=True)
        elif each.state == SignUpState.PLACED and each.team_id is not None:
            said = _joined(said, each.asked_by_label)
            yield News(_("Your team's leader has signed you up"), said, url)
        elif each.state == SignUpState.PLACED:
            title = _("The organiser has put you on the list")
            yield News(title, _joined(said, each.added_reason), url)
        else:
            yield News(_("You are not on the list any more"), _joined(said, each.reason), url)


def _changes(volunteer_id: int) -> Iterator[News]:
    """What is different of the shifts to come since the person signed up."""
    lately = timezone.now() - _LATELY
    found = ActivityChange.objects.concerning(volunteer_id).filter(changed_at__gte=lately)
    for each in found.as_told()[:_MOST]:
        url = reverse("signups:call-detail", args=[each.activity_id])
        yield News(_("What you signed up for has changed"), _joined(each.said, each.reason), url)


def _messages(volunteer_id: int) -> Iterator[News]:
    """What organisers wrote, until the person has looked at it."""
    unread = Delivery.objects.of_person(volunteer_id).unread()
    for each in unread.order_by("-pk")[:_MOST]:
        url = reverse("notices:own-notice", args=[each.notice_id])
        title = _("Message: {title}").format(title=each.notice.title)
        yield News(title, each.notice.activity.title, url, is_urgent=True)


def _to_rate(volunteer_id: int) -> Iterator[News]:
    """Shifts that ended lately and of which the person has not said how they were."""
    said = Feedback.objects.of_side(Side.VOLUNTEER).filter(signup=OuterRef("pk"))
    served = (
        SignUp.objects.of_person(volunteer_id)
        .with_calls()
        .filter(
            ~Exists(said),
            state=SignUpState.PLACED,
            shift__ends_at__lte=Now(),
            shift__ends_at__gte=timezone.now() - CHANGEABLE,
        )
    )
    for each in served.order_by("-pk")[:_MOST]:
        url = reverse("feedback:own-feedback", args=[each.pk])
        yield News(_("How was it? Say it with one tap"), each.activity.title, url)


def _transfers(volunteer_id: int) -> Iterator[News]:
    mine = Transfer.objects.of_person(volunteer_id)
    decided = Q(
        state__in=[TransferState.DONE, TransferState.REFUSED],
        answered_at__gte=timezone.now() - _LATELY,
    )
    grown = mine.outgrown(timezone.localdate()).filter(asked_side=AskingSide.ORIGIN)
    url = reverse("transfers:own-transfers")
    found = mine.filter(decided | Q(pk__in=grown.values("pk"))).order_by("-state", "-pk")[:_MOST]
    for each in found:
        if each.state == TransferState.WAITING:
            title = _("For you to decide: move to another committee")
            yield News(title, each.destination_name, url, is_urgent=True)
        else:
            said = f"{each.destination_name}：{each.get_state_display()}"
            yield News(_("Your transfer has been answered"), _joined(said, each.answer), url)


def _certificates(volunteer_id: int) -> Iterator[News]:
    """Seals that were answered, and certificates that the committee took back."""
    lately = timezone.now() - _LATELY
    withdrawn = Q(state=CertificateState.WITHDRAWN, withdrawn_at__gte=lately)
    by_office = withdrawn & ~Q(withdrawn_by_label="")
    answered = Q(
        state=CertificateState.ISSUED,
        seal_state__in=[SealState.APPLIED, SealState.DECLINED],
        seal_answered_at__gte=lately,
    )
    mine = Certificate.objects.of_person(volunteer_id).select_related("committee")
    for each in mine.filter(by_office | answered).order_by("-pk")[:_MOST]:
        url = reverse("certificates:own-detail", args=[each.pk])
        if not each.stands:
            title = _("A certificate of yours has been withdrawn")
            yield News(title, _joined(each.number, each.withdraw_reason), url)
        else:
            said = f"{each.number}：{each.get_seal_state_display()}"
            title = _("Your request for a seal has been answered")
            yield News(title, _joined(said, each.seal_reason), url)


def _corrections(volunteer_id: int) -> Iterator[News]:
    lately = timezone.now() - _LATELY
    answered = CorrectionRequest.objects.filter(volunteer=volunteer_id, answered_at__gte=lately)
    for each in answered.select_related("record").order_by("-answered_at")[:_MOST]:
        said = f"{each.record.activity_title}：{each.get_state_display()}"
        yield News(
            _("Your correction request has been answered"),
            _joined(said, each.answer),
            reverse("own:record-detail", args=[each.record_id]),
        )


def _joined(said: str, answer: str) -> str:
    return f"{said} · {answer}" if answer else said
