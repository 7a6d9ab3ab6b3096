"""Messages of organisers: to whom they go, how many, and that nobody else reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import ProgrammingError, connection
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Activity, Shift
from volunteers.notices.domain import look_at_notice, send_message
from volunteers.notices.models import Audience, Delivery, Notice
from volunteers.own.summary import news_of
from volunteers.privacy.domain.parts import parts_of_copy
from volunteers.registry.models import Volunteer
from volunteers.signups.domain import sign_up, withdraw
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db


def ask(shift: Shift, actor: Actor) -> SignUp:
    with acting_as(actor.scope):
        return sign_up(shift, actor=actor)


def send(cast: Cast, activity: Activity, **fields: Any) -> Notice:
    said = {"title": "集合", "text": "七点半在东门集合，带水。", **fields}
    with acting_as(cast.recorder_441802.scope):
        return send_message(activity, actor=cast.recorder_441802, **said)


def refused(verb: Callable[[], Any]) -> str:
    with pytest.raises(Refusal) as said:
        verb()
    return said.value.code


def readers(notice: Notice) -> set[int]:
    with as_owner():
        return set(Delivery.objects.filter(notice=notice).values_list("volunteer", flat=True))


def news(actor: Actor) -> list[str]:
    with acting_as(actor.scope):
        return [each.title for each in news_of(actor.scope.volunteer)]


def test_message_goes_to_the_list_that_was_chosen(cast: Cast) -> None:
    shift = call(cast, places=1)
    waits, left = another(cast), another(cast)
    placed = cast.person.scope.volunteer
    ask(shift, cast.person)
    ask(shift, waits)
    gone = ask(shift, left)
    with acting_as(left.scope):
        withdraw(gone, actor=left)
    assert readers(send(cast, shift.activity)) == {placed, waits.scope.volunteer}
    assert readers(send(cast, shift.activity, audience=Audience.PLACED)) == {placed}
    only_waiting = send(cast, shift.activity, audience=Audience.WAITING, shift=shift)
    assert readers(only_waiting) == {waits.scope.volunteer}


def test_message_of_one_shift_goes_to_no_other(cast: Cast) -> None:
    shift = call(cast)
    with as_owner():
        other = Shift.objects.create(
            activity=shift.activity,
            committee_id=shift.committee_id,
            starts_at=shift.starts_at + timedelta(days=1),
            ends_at=shift.ends_at + timedelta(days=1),
            places=5,
        )
    second = another(cast)
    ask(shift, cast.person)
    ask(other, second)
    notice = send(cast, shift.activity, shift=other)
    assert readers(notice) == {second.scope.volunteer}
    assert news(cast.person) == []


def test_it_is_news_until_looked_at_and_staff_see_the_count(cast: Cast) -> None:
    shift = call(cast)
    ask(shift, cast.person)
    notice = send(cast, shift.activity)
    assert news(cast.person) == ["消息：集合"]
    with acting_as(cast.person.scope):
        delivery = Delivery.objects.of_person(cast.person.scope.volunteer).get()
        look_at_notice(delivery, actor=cast.person)
        first = delivery.looked_at
        look_at_notice(delivery, actor=cast.person)
        assert delivery.looked_at == first
    assert news(cast.person) == []
    with acting_as(cast.county_441802.scope):
        counted = Notice.objects.with_readers().get(pk=notice.pk)
        assert (counted.told, counted.looked) == (1, 1)  # type: ignore[attr-defined]


def test_so_many_a_day_by_the_rule_of_each_activity(cast: Cast) -> None:
    shift, elsewhere = call(cast), call(cast, days=9)
    ask(shift, cast.person)
    ask(elsewhere, cast.person)
    for _number in range(3):
        send(cast, shift.activity)
    assert refused(lambda: send(cast, shift.activity)) == "too_many"
    send(cast, elsewhere.activity)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        send(cast, shift.activity)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"title": " "}, "title_missing"),
        ({"text": ""}, "text_missing"),
        ({"title": "长" * 41}, "title_too_long"),
        ({"text": "长" * 301}, "text_too_long"),
        ({"audience": Audience.WAITING}, "nobody"),
    ],
)
def test_refusals(cast: Cast, said: dict[str, Any], code: str) -> None:
    shift = call(cast)
    ask(shift, cast.person)
    assert refused(lambda: send(cast, shift.activity, **said)) == code
    with as_owner():
        assert not Notice.objects.exists()


def test_cancelled_activity_sends_nothing_any_more(cast: Cast) -> None:
    shift = call(cast)
    ask(shift, cast.person)
    with as_owner():
        Activity.objects.update(state="cancelled", reason="台风")
    assert refused(lambda: send(cast, shift.activity)) == "state"


def test_nobody_reads_messages_of_other_activities_or_other_people(cast: Cast) -> None:
    shift, elsewhere = call(cast), call(cast, days=9)
    other = another(cast)
    ask(shift, cast.person)
    ask(elsewhere, other)
    mine, theirs = send(cast, shift.activity), send(cast, elsewhere.activity)
    with acting_as(cast.person.scope):
        assert [each.pk for each in Notice.objects.all()] == [mine.pk]
        assert {each.notice_id for each in Delivery.objects.all()} == {mine.pk}
    with acting_as(cast.county_440606.scope):
        assert not Notice.objects.exists()
        assert not Delivery.objects.exists()
    with acting_as(cast.city_4418.scope):
        assert Notice.objects.filter(pk=theirs.pk).exists()


def test_database_delivers_to_nobody_who_is_not_signed_up_there(cast: Cast) -> None:
    shift, elsewhere = call(cast), call(cast, days=9)
    other = another(cast)
    ask(shift, cast.person)
    ask(elsewhere, other)
    notice = send(cast, shift.activity)
    with pytest.raises(ProgrammingError, match="row-level"), acting_as(cast.recorder_441802.scope):
        Delivery.objects.create(
            notice=notice,
            committee_id=notice.committee_id,
            volunteer_id=other.scope.volunteer or 0,
        )


def test_volunteer_changes_nothing_but_having_looked(cast: Cast) -> None:
    shift = call(cast)
    ask(shift, cast.person)
    send(cast, shift.activity)
    with pytest.raises(ProgrammingError, match="denied"), acting_as(cast.person.scope):
        Notice.objects.update(text="别来了")
    with (
        pytest.raises(ProgrammingError, match="denied"),
        acting_as(cast.person.scope),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE volunteers_delivery SET notice_id = notice_id")


def test_copy_of_own_data_holds_what_organisers_wrote(cast: Cast) -> None:
    shift = call(cast)
    ask(shift, cast.person)
    send(cast, shift.activity)
    (part,) = (each for each in parts_of_copy() if each.key == "notices")
    with acting_as(cast.person.scope):
        (row,) = part.rows(Volunteer.objects.get())
    assert (row["title"], row["text"]) == ("集合", "七点半在东门集合，带水。")
