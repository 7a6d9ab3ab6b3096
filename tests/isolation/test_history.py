"""History: written by triggers with actor and reason, and by nothing else; never changed."""

from __future__ import annotations

import json

import pytest
from django.db import Error, connection, transaction

from core.history.guard import close_trigger_switch
from core.tenancy.roles import LOGIN_ROLE
from core.tenancy.scope import acting_as
from organizations.accounts.models import Membership
from tests.database import as_owner
from tests.isolation.catalogue import rows_of, tables
from tests.isolation.places import Place, World
from tests.isolation.reaches import ROLES, scope_of
from volunteers.registry.models import Volunteer

_HISTORIES = (
    "incentives_merchanthistory",
    "incentives_offerhistory",
    "incentives_starawardhistory",
    "organizations_committeehistory",
    "organizations_membershiphistory",
    "organizations_organizationhistory",
    "training_coursehistory",
    "training_enrolmenthistory",
    "training_sessionhistory",
    "volunteers_activityhistory",
    "volunteers_attendancehistory",
    "volunteers_certificatehistory",
    "volunteers_consenthistory",
    "volunteers_disclosurehistory",
    "volunteers_evidencefilehistory",
    "volunteers_privacyrequesthistory",
    "volunteers_revealapprovalhistory",
    "volunteers_servicerecordhistory",
    "volunteers_projecthistory",
    "volunteers_shifthistory",
    "volunteers_stationhistory",
    "volunteers_signuphistory",
    "volunteers_spotcheckitemhistory",
    "volunteers_teammemberhistory",
    "volunteers_volunteerhistory",
)


def events_of(volunteer: Volunteer) -> list[tuple[str, str]]:
    """Context as JSON and old name of each change of the volunteer."""
    with as_owner():
        return rows_of(
            "SELECT pgh_context::text, name FROM volunteers_volunteerhistory WHERE pgh_obj_id = %s"
            " ORDER BY pgh_id",
            [volunteer.pk],
        )


def rename(world: World, name: str, *statements: str) -> None:
    """Changes the own volunteer as the county's officer, after other statements."""
    scope = scope_of(world, "portal_tier3")
    assert scope is not None
    with acting_as(scope, reason="spelt wrongly"), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        Volunteer.objects.filter(pk=world.people[Place.MINE].volunteer.pk).update(name=name)


def test_histories_are_all_named_here(db: None) -> None:
    assert {name for name in tables() if name.endswith("history")} == set(_HISTORIES)


def test_change_is_kept_with_actor_and_reason(world: World) -> None:
    volunteer = world.people[Place.MINE].volunteer
    rename(world, "改了名")
    (context, name) = events_of(volunteer)[-1]
    assert name == volunteer.name
    assert json.loads(context) == {
        "user": world.people[Place.MINE].user.pk,
        "role": "portal_tier3",
        "committee": world.committee(Place.MINE).path[:12],
        "reason": "spelt wrongly",
    }


def silent_changes(world: World) -> int:
    """How many of two changes, asked to be silent, left no event."""
    before = len(events_of(world.people[Place.MINE].volunteer))
    rename(world, "一", "SET LOCAL pgtrigger.ignore = '{volunteers_volunteer:update_update}'")
    rename(world, "二", "SET LOCAL pgtrigger.ignore = '{volunteers_volunteer:*}'")
    return before + 2 - len(events_of(world.people[Place.MINE].volunteer))


def test_switch_that_silences_triggers_is_closed(world: World) -> None:
    assert silent_changes(world) == 0


def test_switch_left_open_is_found(world: World) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME)"
            " RETURNS BOOLEAN LANGUAGE sql"
            " AS 'SELECT current_setting(''pgtrigger.ignore'', true) <> '''''"
        )
    assert silent_changes(world) == 2
    with as_owner():
        close_trigger_switch(using="default")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "statement",
    [
        "SET LOCAL session_replication_role = replica",
        "ALTER TABLE volunteers_volunteer DISABLE TRIGGER ALL",
        "DROP TRIGGER pgtrigger_append_only_cba31 ON volunteers_volunteerhistory",
        "TRUNCATE volunteers_volunteerhistory",
        "TRUNCATE volunteers_servicerecord CASCADE",
        "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME)"
        " RETURNS BOOLEAN LANGUAGE sql AS 'SELECT true'",
    ],
)
def test_role_cannot_take_the_triggers_away(db: None, role: str, statement: str) -> None:
    with connection.cursor() as cursor:
        if role != LOGIN_ROLE:
            cursor.execute("SELECT set_config('role', %s, true)", [role])
        with pytest.raises(Error, match=r"permission denied|must be owner"):
            with transaction.atomic():
                cursor.execute(statement)
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize("history", _HISTORIES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"])
def test_even_the_owner_changes_no_history(world: World, history: str, statement: str) -> None:
    with as_owner(), pytest.raises(Error, match="Cannot update or delete"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(history))


def test_history_of_a_moved_row_stays_where_it_was_written(world: World) -> None:
    """Whoever receives a person reads what happened since, not what the other county noted."""
    person = world.people[Place.OTHER_CITY].volunteer
    with as_owner():
        Volunteer.objects.filter(pk=person.pk).update(committee=world.committee(Place.MINE))
    scope = scope_of(world, "portal_tier3")
    assert scope is not None
    with acting_as(scope):
        assert Volunteer.objects.filter(pk=person.pk).exists()
        seen = rows_of(
            "SELECT count(*) FROM volunteers_volunteerhistory WHERE pgh_obj_id = %s", [person.pk]
        )
    assert seen == [(0,)]


def test_membership_made_before_a_scope_leaves_an_event(world: World) -> None:
    """Accepting an invitation runs as the login role, whose changes are kept as well."""
    membership = world.people[Place.MINE].membership
    Membership.objects.filter(pk=membership.pk).update(role="auditor")
    with as_owner():
        events = rows_of(
            "SELECT role FROM organizations_membershiphistory WHERE pgh_obj_id = %s"
            " ORDER BY pgh_id",
            [membership.pk],
        )
    assert events == [("officer",), ("auditor",)]
