"""The database holds exactly the guards that the code declares: no table without, no right more."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.state import ProjectState

from core.tenancy.operations import InstallPolicies
from core.tenancy.roles import LOGIN_ROLE, STAFF_ROLES, Role
from tests.database import as_owner
from tests.isolation import catalogue

# The words are the province's: its tier alone writes them, and they are nobody's data.
WRITTEN_BY_THE_PROVINCE = {
    ("volunteers_term", str(Role.TIER1), privilege) for privilege in ("INSERT", "UPDATE")
}

# Tables whose rows have no policies, and why that is right.
UNBOUND = {
    "organizations_apitoken": "digests only; read by the login role before a scope, by no actor",
    "volunteers_term": "words of the province for skills and times; nobody's data",
    "volunteers_recountclock": "one row, the time of the last recount",
    "account_emailaddress": "logging in; no actor role has a privilege",
    "account_emailconfirmation": "logging in; no actor role has a privilege",
    "axes_accessattempt": "logging in; no actor role has a privilege",
    "axes_accessattemptexpiration": "logging in; no actor role has a privilege",
    "axes_accessfailurelog": "logging in; no actor role has a privilege",
    "axes_accesslog": "logging in; no actor role has a privilege",
    "django_session": "logging in; no actor role has a privilege",
    "mfa_authenticator": "logging in; no actor role has a privilege",
    "django_celery_beat_clockedschedule": "the scheduler's; no actor role has a privilege",
    "django_celery_beat_crontabschedule": "the scheduler's; no actor role has a privilege",
    "django_celery_beat_intervalschedule": "the scheduler's; no actor role has a privilege",
    "django_celery_beat_periodictask": "the scheduler's; no actor role has a privilege",
    "django_celery_beat_periodictasks": "the scheduler's; no actor role has a privilege",
    "django_celery_beat_solarschedule": "the scheduler's; no actor role has a privilege",
    "django_content_type": "names of models, read only",
    "django_migrations": "names of migrations, read only",
    "auth_permission": "names of permissions, read only",
    "auth_group": "never filled, read only",
    "auth_group_permissions": "never filled; no role has a privilege",
    "guardian_groupobjectpermission": "never filled, read only",
    "guardian_userobjectpermission": "never filled, read only",
    "organizations_user_groups": "never filled, read only",
    "organizations_user_user_permissions": "never filled, read only",
    "pghistory_context": "never filled: each event keeps its context itself",
}

# Functions that run as the owner, past all policies, and what they give away.
DEFINERS = {
    "volunteers_day_has_room": "yes or no: whether a person's day has room for so many minutes",
    "volunteers_stretches_taken": "of a person: times free or taken, the day's minutes, withdrawn",
    "volunteers_own_evidence": "to a volunteer: what proves an own record, a text and a number",
    "volunteers_find_visitors": "key and number to who knows identity number and name, both exact",
    "volunteers_carry_along": "nothing; a trigger: what is the person's goes along to a committee",
    "volunteers_lead_to_survivor": "nothing; a trigger: hours of a merged entry go to who stays",
    "volunteers_acts_for_both": "for the functions below, nobody may call it",
    "volunteers_merge_counts": "how many rows of each table name an entry of one's own",
    "volunteers_merge_collisions": "ids of records, those of others as none",
    "volunteers_merge_entries": "the new merge, which the caller sees; moves what names an entry",
    "volunteers_unmerge_entries": "nothing but why not; moves the same rows back",
    "volunteers_tell_holder": "nothing; a trigger: who has a number is told that somebody asks",
    "volunteers_settle_clash": "nothing but why not; an answer to both halves of a clash",
    "volunteers_withdraw_clash": "nothing but why not; who asked takes it back",
    "volunteers_acts_for": "for the functions below, nobody may call it",
    "volunteers_is_self": "for the functions below, nobody may call it",
    "volunteers_takes_volunteers": "for the functions below, nobody may call it",
    "volunteers_transfer_places": "codes and names of committees, which are public",
    "volunteers_ask_transfer": "the new request, which the caller sees",
    "volunteers_write_skills": "nothing; a person's column of skills follows the words they have",
    "volunteers_release_grown": "a number, to the job: who came of age waits for no guardian",
    "volunteers_lead_team": "nothing; a trigger: accounts learn who leads a team",
    "volunteers_leads": "yes or no, to the login: whether that account leads that person's team",
    "volunteers_leave_teams": "nothing; a trigger: who leaves the portal leaves the teams",
    "volunteers_count_places": "a trigger, which counts a shift's own sign-ups into it",
    "volunteers_place_in_line": "the own place on a waiting list, to the volunteer who waits",
    "volunteers_phone_masks": "masked telephones of those on the list of one's own shift",
    "volunteers_phone_of_signup": "a sealed telephone of who comes, with the look on record",
    "volunteers_emergency_of_signup": "whom to call for who comes, sealed, with the look on record",
    "volunteers_drop_contact": "nothing; a trigger: who is sealed away names nobody to call",
    "volunteers_feedback_heard": "of one's own activity: counts and lines, of three people or more",
    "volunteers_next_certificate": "how many a committee has issued in a year, plus one",
    "volunteers_verify_certificate": "to who holds the code: masked name, total, unit, voids",
    "volunteers_person_agrees": "nothing but why not; to who came of age, on the own transfer",
    "volunteers_settle_transfer": "nothing but why not; moves a person whom both sides agreed on",
    "volunteers_only_sealed": "for the triggers of histories, nobody may call it",
    "volunteers_own_will_stands": "refuses whom only the person may take up again",
    "volunteers_give_places_back": "nothing; a trigger: who leaves keeps no place to come",
    "volunteers_scan": "to who holds a device's token: name and number of whom it scans, once each",
    "volunteers_seal_names": "nothing; to the job: takes a sealed entry's name out of all rows",
    "volunteers_tell_both_sides": "nothing; a trigger: either county is asked, told of no other",
    "volunteers_number_checked": "nothing; a trigger: what a check found is told to who asked",
    "volunteers_ask_guardian": "nothing; a trigger: a guardian is asked first for a minor",
    "volunteers_guardian_answers": "nothing but why not; a guardian's answer, to the job alone",
    "volunteers_who_looked": "to a volunteer: who saw the own data, when and why",
    "volunteers_own_merges": "to a volunteer: merges of the own entry, of others the number only",
    "incentives_redeem_at": "for the two functions below, nobody may call it",
    "incentives_redeem_by_till": "to who holds a till's token: title and stars of what it redeems",
    "incentives_redeem_here": "to a merchant, of a code: yes or why not, title and stars",
    "incentives_reverse": "nothing but why not; of the own merchant or below the own committee",
    "incentives_stars_due": "nothing; a trigger: whose hours changed is recounted",
    "training_is_mine": "yes or no, to a volunteer: whether the own enrolments name it",
    "training_has_room": "for the functions below, nobody may call it",
    "training_give_place": "a trigger, which gives a place, the line or an approval to wait for",
    "training_keep_places": "a trigger: who is agreed to gets a place only while there is one",
    "training_pass_place_on": "a trigger: a free place goes to the first who waits",
    "organizations_serves_only_below": "yes or no: whether an account serves nobody elsewhere",
}

_STAFF = set(map(str, STAFF_ROLES))
# Sequences that a role draws from itself; identity columns need no privilege.
SEQUENCES = {
    "volunteers_number_seq": _STAFF | {"portal_job"},
    "volunteers_volunteer_id_seq": _STAFF | {"portal_job"},
    "volunteers_servicerecord_id_seq": _STAFF | {"portal_job"},
}


def unguarded_tables() -> set[str]:
    """Tables without forced policies that have no written reason."""
    return catalogue.tables() - catalogue.tables_with_row_security(forced=True) - UNBOUND.keys()


def undeclared_privileges() -> set[tuple[str, str, str]]:
    """Privileges in the database that no declaration names."""
    return catalogue.granted_privileges() - declared_privileges()


def declared_privileges() -> set[tuple[str, str, str]]:
    return {
        (table.table, str(role), privilege)
        for table in catalogue.declarations()
        for listed, roles in table.grants
        for privilege in _single_privileges(listed)
        for role in roles
    }


def _single_privileges(listed: str) -> set[str]:
    """``"SELECT, UPDATE (a, b)"`` → SELECT, UPDATE (a), UPDATE (b)."""
    found: set[str] = set()
    for word, columns in re.findall(r"([A-Z]+)\s*(?:\(([^)]*)\))?", listed):
        found |= {f"{word} ({name.strip()})" for name in columns.split(",")} if columns else {word}
    return found


def careless_functions() -> set[str]:
    """Functions that run as the owner and could be misled or called by anybody."""
    pinned = '"search_path=public, pg_temp"'
    misled = {
        name
        for name, settings in catalogue.definer_functions().items()
        if pinned not in (settings or "")
    }
    unknown = catalogue.definer_functions().keys() - DEFINERS.keys()
    return misled | unknown | catalogue.functions_open_to_everybody()


@pytest.mark.django_db
def test_every_table_is_guarded_or_has_a_reason() -> None:
    assert unguarded_tables() == set()
    assert UNBOUND.keys() - catalogue.tables() == set(), "a reason for a table that is gone"
    assert UNBOUND.keys() & catalogue.tables_with_row_security() == set()


@pytest.mark.django_db
def test_tables_of_our_apps_are_guarded_but_for_three() -> None:
    ours = {
        model._meta.db_table
        for app in ("core", "organizations", "volunteers", "training", "incentives", "portal")
        for model in apps.get_app_config(app).get_models()
    }
    assert ours & UNBOUND.keys() == {
        "organizations_apitoken",
        "volunteers_recountclock",
        "volunteers_term",
    }


@pytest.mark.django_db
def test_tables_without_policies_give_actors_nothing_to_change() -> None:
    actors = set(map(str, Role)) - {"portal_job"}
    changing = {
        (table, role, privilege)
        for table, role, privilege in catalogue.granted_privileges()
        if table in UNBOUND and role in actors and privilege != "SELECT"
    }
    assert changing == WRITTEN_BY_THE_PROVINCE


@pytest.mark.django_db
def test_privileges_are_the_declared_ones() -> None:
    assert undeclared_privileges() == set()
    assert declared_privileges() - catalogue.granted_privileges() == set()


@pytest.mark.django_db
def test_privileges_on_sequences_are_the_listed_ones() -> None:
    assert catalogue.sequence_privileges() == {
        (sequence, role, "USAGE") for sequence, roles in SEQUENCES.items() for role in roles
    }


@pytest.mark.django_db
def test_policies_are_the_declared_ones() -> None:
    """Installing the declarations anew changes nothing: nobody wrote a policy by hand."""
    standing = catalogue.installed_policies()
    with as_owner():
        connection.check_constraints()
        for name in catalogue.declaration_names():
            with connection.schema_editor(atomic=False) as editor:
                InstallPolicies(name).database_forwards("x", editor, ProjectState(), ProjectState())
    assert catalogue.installed_policies() == standing


@pytest.mark.django_db
def test_functions_past_the_policies_are_listed_and_closed() -> None:
    assert careless_functions() == set()
    assert DEFINERS.keys() - catalogue.definer_functions().keys() == set()


@pytest.mark.django_db
def test_no_view_answers_with_its_owners_eyes() -> None:
    assert catalogue.unsafe_views() == set()


@pytest.mark.django_db
def test_roles_have_no_power_of_their_own() -> None:
    assert catalogue.powerful_roles() == set()


@pytest.mark.django_db
def test_only_the_login_role_may_become_actors_and_nobody_else() -> None:
    assert catalogue.memberships_of_roles() == {(LOGIN_ROLE, str(role), False) for role in Role}


@pytest.mark.django_db
def test_nobody_makes_lasting_objects() -> None:
    """Temporary tables are allowed: imports stage their rows in them."""
    may_create = catalogue.rows_of(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)"
        " AND (has_schema_privilege(rolname, current_schema(), 'CREATE')"
        "      OR has_database_privilege(rolname, current_database(), 'CREATE'))",
        [[LOGIN_ROLE, *map(str, Role)]],
    )
    assert may_create == []


# Each opens a guard; the check beside it must then find something.
OPENINGS: dict[str, tuple[str, Callable[[], object]]] = {
    "a new table without policies": ("CREATE TABLE volunteers_new (id int)", unguarded_tables),
    "policies that bind everybody but the owner": (
        "ALTER TABLE volunteers_volunteer NO FORCE ROW LEVEL SECURITY",
        unguarded_tables,
    ),
    "a privilege by hand": (
        "GRANT DELETE ON volunteers_servicerecord TO portal_tier1",
        undeclared_privileges,
    ),
    "a privilege on one column by hand": (
        "GRANT UPDATE (password) ON organizations_user TO portal_tier3",
        undeclared_privileges,
    ),
    "a privilege for everybody": (
        "GRANT SELECT ON volunteers_volunteeridentity TO PUBLIC",
        undeclared_privileges,
    ),
    "a function that runs as the owner": (
        "CREATE FUNCTION leak() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
        " SET search_path = public, pg_temp"
        " AS 'SELECT count(*) FROM volunteers_volunteer'; REVOKE ALL ON FUNCTION leak FROM PUBLIC",
        careless_functions,
    ),
    "a function whose names can be taken over": (
        "ALTER FUNCTION volunteers_find_visitors RESET search_path",
        careless_functions,
    ),
    "a function that everybody may call": (
        "GRANT EXECUTE ON FUNCTION volunteers_day_has_room TO PUBLIC",
        careless_functions,
    ),
    "a view": (
        "CREATE VIEW leak AS SELECT * FROM volunteers_volunteer",
        catalogue.unsafe_views,
    ),
    "a role that looks past policies": (
        "ALTER ROLE portal_tier4 BYPASSRLS",
        catalogue.powerful_roles,
    ),
    "a login role that inherits": ("ALTER ROLE portal_login INHERIT", catalogue.powerful_roles),
}


@pytest.mark.parametrize("opening", OPENINGS)
def test_opening_is_found(db: None, opening: str) -> None:
    statement, check = OPENINGS[opening]
    assert not check()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert check()


def test_another_login_that_may_become_an_actor_is_found(db: None) -> None:
    before = catalogue.memberships_of_roles()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE ROLE portal_stranger; GRANT portal_tier1 TO portal_stranger")
    assert catalogue.memberships_of_roles() - before == {("portal_stranger", "portal_tier1", False)}
