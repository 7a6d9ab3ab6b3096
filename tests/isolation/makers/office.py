"""Rows of the office: invitations, jobs, exports, rules."""

from __future__ import annotations

from django.db.models import Model
from django.utils import timezone

from core.jobs.models import Job
from organizations.accounts.models import Invitation
from organizations.rules.models import RuleValue
from tests.isolation.people import LATER, MONTH, Maker, People, Place
from volunteers.bulk.models import BulkChange, BulkRow
from volunteers.exports.models import Export, ExportedPeople

__all__ = ["MAKERS"]


def _invitation(people: People, place: Place, number: int) -> Model:
    return Invitation.objects.create(
        committee=people.membership.committee,
        role="recorder",
        name=f"{place.mark}邀",
        token_digest=bytes([number]) * 32,
        invited_by=people.user,
        expires_at=LATER,
    )


def _job(people: People, place: Place, _number: int) -> Model:
    return Job.objects.create(
        kind="isolation",
        title=f"{place.mark}工",
        language="zh-hans",
        user_id=people.user.pk,
        membership_id=people.membership.pk,
        committee_path=people.membership.committee_id,
    )


def _export(people: People, place: Place, _number: int) -> Model:
    return Export.objects.create(
        committee=people.membership.committee,
        kind="volunteers",
        form="csv",
        asked={"q": f"{place.mark}词"},
        user=people.user,
        user_label=f"{place.mark}取",
    )


def _exported_people(people: People, place: Place, _number: int) -> Model:
    return ExportedPeople.objects.create(
        committee=people.membership.committee,
        export=Export.objects.get(user_label=f"{place.mark}取"),
        people=[people.volunteer.pk],
    )


def _bulk_change(people: People, place: Place, _number: int) -> Model:
    return BulkChange.objects.create(
        committee=people.membership.committee,
        kind="pause",
        reason=f"{place.mark}停",
        chosen=1,
        user=people.user,
        user_label=f"{place.mark}改",
        done_at=timezone.now(),
    )


def _bulk_row(people: People, place: Place, _number: int) -> Model:
    return BulkRow.objects.create(
        committee=people.membership.committee,
        change=BulkChange.objects.get(user_label=f"{place.mark}改"),
        volunteer=people.volunteer,
        number=people.volunteer.number,
        outcome="done",
        before={"state": "active", "back": None},
    )


def _rule_value(people: People, place: Place, _number: int) -> Model:
    return RuleValue.objects.create(
        committee=people.membership.committee,
        key="isolation",
        value=1,
        effective_from=MONTH,
        reason=f"{place.mark}因",
        set_by_label=f"{place.mark}定",
    )


MAKERS: tuple[Maker, ...] = (
    _invitation,
    _job,
    _export,
    _exported_people,
    _bulk_change,
    _bulk_row,
    _rule_value,
)
