"""Two entries become one and two again: nothing is lost, nobody gains a right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.models import User
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import (
    MembershipFactory,
    ServiceRecordFactory,
    UserFactory,
    VolunteerFactory,
    VolunteerIdentityFactory,
)
from tests.isolation.walk.engine import undone
from tests.volunteers.totals.recount import (
    hours_from_records,
    kept_hours,
    kept_registry,
    registry_from_volunteers,
)
from volunteers.duplicates.domain import merge_volunteers, undo_merge
from volunteers.duplicates.models import Merge
from volunteers.duplicates.summary import preview_of
from volunteers.hours.models import CorrectionRequest, ServiceRecord
from volunteers.registry.models import IdentityReveal, Volunteer
from volunteers.registry.ownership import REFERENCES
from volunteers.totals.domain import recount_dirty_months

HERE, NEAR, FAR = "441802009", "441802103", "440606103"
REASON = "同一人重复登记"
MORNING = datetime(2026, 5, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def pair(cast: Cast) -> tuple[Volunteer, Volunteer]:
    """Two entries in two townships of the county; the first has the account."""
    with as_owner():
        other = VolunteerFactory(committee=cast.committee(NEAR), name=cast.volunteer.name)
        for each in (cast.volunteer, other):
            VolunteerIdentityFactory(volunteer=each)
    return cast.volunteer, other


def served(volunteer: Volunteer, hour: int, **fields: Any) -> ServiceRecord:
    """Two hours from that hour of the first of May on."""
    start = MORNING + timedelta(hours=hour)
    with as_owner():
        record: ServiceRecord = ServiceRecordFactory(
            volunteer=volunteer,
            served_on=date(2026, 5, 1),
            during=(start, start + timedelta(hours=2)),
            **fields,
        )
    return record


def merge(cast: Cast, pair: tuple[Volunteer, Volunteer], **options: Any) -> Merge:
    actor = options.pop("actor", cast.county_441802)
    with acting_as(actor.scope):
        return merge_volunteers(*pair, actor=actor, reason=REASON, **options)


def undo(cast: Cast, done: Merge) -> Merge:
    with acting_as(cast.county_441802.scope):
        return undo_merge(done, actor=cast.county_441802, reason="不是同一人")


def snapshot(pair: tuple[Volunteer, Volunteer]) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that names one of the two, and both accounts."""
    ids = [each.pk for each in pair]
    models = {model._meta.db_table: model for model in apps.get_models()}
    found: dict[str, list[dict[str, Any]]] = {}
    with as_owner():
        for each in REFERENCES:
            if each.table == "volunteers_merge":
                continue
            rows = models[each.table]._default_manager.filter(**{f"{each.column}__in": ids})
            found[f"{each.table}.{each.column}"] = list(rows.order_by("pk").values())
        people = Volunteer.objects.filter(pk__in=ids).order_by("pk")
        found["people"] = [dict(row) for row in people.values()]
        accounts = User.objects.filter(volunteer_id__in=ids).order_by("pk")
        found["accounts"] = [
            dict(row) for row in accounts.values("pk", "volunteer_id", "is_active")
        ]
    return found


def test_every_reference_to_a_volunteer_is_registered(db: None) -> None:
    """A new foreign key needs a line in `volunteers/registry/ownership.py` and its operation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
            " WHERE c.contype = 'f' AND c.confrelid = 'volunteers_volunteer'::regclass"
        )
        keys = set(cursor.fetchall())
        cursor.execute("SELECT tab, col, moves, follows, settled FROM volunteers_references()")
        told = set(cursor.fetchall())
    for each in REFERENCES:
        assert each.moves != bool(each.stays), f"{each.table}: moves, or says why it stays"
    registered = {
        (each.table, each.column, each.moves, each.follows, each.settled) for each in REFERENCES
    }
    assert keys - {(table, column) for table, column, *_rest in registered} == set()
    assert told == registered, "the database has not been told: add InstallReferences()"


def test_all_that_moves_is_named_beforehand_and_moves(
    cast: Cast, pair: tuple[Volunteer, Volunteer]
) -> None:
    survivor, merged = pair
    record = served(merged, 0)
    with as_owner():
        visit = ServiceRecordFactory(
            volunteer=merged, committee=cast.committee(FAR), served_on=date(2026, 5, 2)
        )
        CorrectionRequest.objects.create(
            committee_id=record.committee_id, record=record, volunteer=merged, message="错"
        )
        look = IdentityReveal.objects.create(
            committee=merged.committee,
            volunteer=merged,
            field="phone",
            reason="核对",
            user=cast.county_441802.user,
            user_label="看",
        )
    with acting_as(cast.county_441802.scope):
        preview = preview_of(survivor, merged)
    assert preview is not None
    assert sorted(each.count for each in preview.moving) == [1, 1, 2]
    assert (preview.survivor_has_account, preview.merged_has_account) == (True, False)
    merge(cast, pair)
    with as_owner():
        owners = ServiceRecord.objects.filter(pk__in=[record.pk, visit.pk]).values_list(
            "volunteer_id", "volunteer_number"
        )
        assert set(owners) == {(survivor.pk, merged.number)}
        assert CorrectionRequest.objects.get().volunteer_id == survivor.pk
        look.refresh_from_db()
        merged.refresh_from_db()
    assert look.volunteer_id == survivor.pk
    assert (merged.state, merged.merged_into_id) == ("merged", survivor.pk)


def test_colliding_records_are_listed_and_must_be_settled(
    cast: Cast, pair: tuple[Volunteer, Volunteer]
) -> None:
    survivor, merged = pair
    mine, theirs = served(survivor, 0), served(merged, 1)
    with acting_as(cast.county_441802.scope):
        preview = preview_of(survivor, merged)
    assert preview is not None
    assert [(each.mine, each.theirs) for each in preview.collisions] == [(mine, theirs)]
    with pytest.raises(Refusal) as refused:
        merge(cast, pair)
    assert refused.value.code == "collides"
    merge(cast, pair, void=[theirs.pk])
    with as_owner():
        theirs.refresh_from_db()
        mine.refresh_from_db()
    assert (theirs.state, theirs.void_reason, theirs.volunteer_id) == ("void", REASON, survivor.pk)
    assert mine.state == "confirmed"


def test_record_of_another_committee_is_not_settled_here(
    cast: Cast, pair: tuple[Volunteer, Volunteer]
) -> None:
    survivor, merged = pair
    served(survivor, 0)
    foreign = served(merged, 1, committee=cast.committee(FAR))
    with acting_as(cast.county_441802.scope):
        preview = preview_of(survivor, merged)
    assert preview is not None
    assert preview.collisions[0].theirs is None
    with pytest.raises(Refusal) as refused:
        merge(cast, pair, void=[foreign.pk])
    assert refused.value.code == "not_voidable"
    merge(cast, pair, actor=cast.province, void=[foreign.pk])


def test_day_of_more_than_24_hours_is_refused(
    cast: Cast, pair: tuple[Volunteer, Volunteer]
) -> None:
    with as_owner():
        for each in pair:
            ServiceRecordFactory(
                volunteer=each, served_on=date(2026, 5, 1), during=None, minutes=800
            )
    with pytest.raises(Refusal) as refused:
        merge(cast, pair)
    assert refused.value.code == "day_is_full"


@pytest.mark.parametrize("username", ["county-440606", "county-441802-recorder"])
def test_rights_on_one_entry_are_not_enough_raw_sql_neither(
    cast: Cast, pair: tuple[Volunteer, Volunteer], username: str
) -> None:
    with as_owner():
        foreign = VolunteerFactory(committee=cast.committee(FAR))
    mine = pair[0] if "441802" in username else foreign
    with acting_as(cast.actor(username).scope), connection.cursor() as cursor:
        for one, other in ((mine.pk, foreign.pk), (foreign.pk, pair[1].pk), pair):
            keys = [each if isinstance(each, int) else each.pk for each in (one, other)]
            cursor.execute("SELECT problem FROM volunteers_merge_entries(%s, %s, '{}', 'x')", keys)
            assert cursor.fetchone()[0] in {"not_yours", "same_entry"}
            cursor.execute("SELECT count(*) FROM volunteers_merge_counts(%s, %s)", keys)
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE volunteers_merge SET undone_at = now()",
        "DELETE FROM volunteers_merge",
        "SELECT volunteers_lead_to_survivor()",
        "SELECT volunteers_acts_for_both(1, 2)",
    ],
)
def test_there_is_no_way_around_the_functions(cast: Cast, statement: str) -> None:
    with acting_as(cast.county_441802.scope), pytest.raises(Error):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_account_of_the_merged_entry_opens_nothing(
    cast: Cast, pair: tuple[Volunteer, Volunteer], browser_client: Client
) -> None:
    """Two people after all: neither reads the other, before an undo and after."""
    survivor, merged = pair
    with as_owner():
        account: User = UserFactory(username="second", volunteer_id=merged.pk)
    done = merge(cast, pair)
    with as_owner():
        account.refresh_from_db()
        first = User.objects.get(volunteer_id=survivor.pk)
    assert (account.is_active, account.volunteer_id) == (False, merged.pk)
    assert (first.is_active, first.pk) == (True, cast.person.scope.user)
    undo(cast, done)
    with as_owner():
        account.refresh_from_db()
    assert (account.is_active, account.volunteer_id) == (True, merged.pk)


def test_member_of_a_committee_keeps_that_and_loses_the_own_pages(
    cast: Cast, pair: tuple[Volunteer, Volunteer]
) -> None:
    with as_owner():
        account: User = UserFactory(username="second", volunteer_id=pair[1].pk)
        MembershipFactory(user=account, committee=cast.committee(FAR))
    done = merge(cast, pair)
    with as_owner():
        account.refresh_from_db()
        assert (account.is_active, account.volunteer_id) == (True, None)
    undo(cast, done)
    with as_owner():
        account.refresh_from_db()
        assert (account.is_active, account.volunteer_id) == (True, pair[1].pk)


def test_number_leads_to_who_stays(
    cast: Cast, pair: tuple[Volunteer, Volunteer], browser_client: Client
) -> None:
    survivor, merged = pair
    merge(cast, pair)
    client = log_in(browser_client, cast.county_441802)
    page = client.get(reverse("registry:volunteer-detail", args=[merged.number]))
    assert survivor.number in page.content.decode()
    found = client.get(reverse("registry:volunteer-lookup"), {"q": merged.number}).json()
    assert [each["value"] for each in found["results"]] == [survivor.number]
    late = served(merged, 5)
    with as_owner():
        late.refresh_from_db()
    assert late.volunteer_id == survivor.pk


def test_late_undo_and_a_second_one_are_refused(
    cast: Cast, pair: tuple[Volunteer, Volunteer]
) -> None:
    done = merge(cast, pair)
    with as_owner():
        Merge.objects.filter(pk=done.pk).update(at=datetime.now(UTC) - timedelta(days=31))
    with pytest.raises(Refusal) as refused:
        undo(cast, done)
    assert refused.value.code == "too_late"
    with as_owner():
        Merge.objects.filter(pk=done.pk).update(at=datetime.now(UTC) - timedelta(days=29))
    undo(cast, done)
    with pytest.raises(Refusal) as again:
        undo(cast, done)
    assert again.value.code == "answered"


def test_undo_is_refused_where_something_stands_in_the_way(
    cast: Cast, pair: tuple[Volunteer, Volunteer]
) -> None:
    survivor, merged = pair
    kept, gone = served(survivor, 0), served(merged, 1)
    done = merge(cast, pair, void=[gone.pk])
    with as_owner():
        ServiceRecord.objects.filter(pk=kept.pk).update(
            state="void", voided=True, void_reason="重复"
        )
    served(merged, 1)
    with pytest.raises(Refusal) as refused:
        undo(cast, done)
    assert refused.value.code == "taken"


RECORDS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(0, 5),
        st.sampled_from([HERE, NEAR]),
        st.sampled_from(["confirmed", "submitted", "draft"]),
    ),
    max_size=5,
    unique_by=lambda row: (row[0], row[1]),
)


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(records=RECORDS, account=st.booleans())
def test_merged_and_unmerged_pair_equals_the_original(
    cast: Cast,
    pair: tuple[Volunteer, Volunteer],
    records: list[tuple[int, int, str, str]],
    account: bool,
) -> None:
    with undone():
        for who, slot, code, state in records:
            served(pair[who], 3 * slot, committee=cast.committee(code), state=state)
        with as_owner():
            if account:
                UserFactory(volunteer_id=pair[1].pk)
        before = snapshot(pair)
        with acting_as(cast.county_441802.scope):
            preview = preview_of(*pair)
        assert preview is not None
        twice = {each.theirs.pk for each in preview.collisions if each.theirs}
        done = merge(cast, pair, void=twice)
        recount_dirty_months()
        assert kept_hours() == hours_from_records()
        assert kept_registry() == registry_from_volunteers()
        undo(cast, done)
        assert snapshot(pair) == before
        recount_dirty_months()
        assert kept_hours() == hours_from_records()
        assert kept_registry() == registry_from_volunteers()


def test_page_shows_both_and_merges_and_undoes(
    cast: Cast, pair: tuple[Volunteer, Volunteer], browser_client: Client
) -> None:
    survivor, merged = pair
    client = log_in(browser_client, cast.county_441802)
    url = reverse("duplicates:merge-compare", args=[survivor.number, merged.number])
    text = client.get(url).content.decode()
    assert survivor.number in text
    assert merged.number in text
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": REASON}).status_code == 302
    with as_owner():
        done = Merge.objects.get()
    client.post(reverse("duplicates:merge-undo", args=[done.pk]), {"reason": "不是同一人"})
    with as_owner():
        merged.refresh_from_db()
    assert (merged.state, merged.merged_into_id) == ("active", None)
