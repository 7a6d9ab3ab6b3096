"""Who reaches which rows of which table: the one literal table, and the asking of it.

A cell has four letters, for SELECT, INSERT, UPDATE and DELETE:

    a  all rows
    t  rows of the own committee and below it
    n  rows of the own committee, by a person who belongs to it
    o  the own row only
    h  none by itself: only a trigger may, or, of activities, what is no draft
    -  no privilege at all
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

from django.db import Error, IntegrityError, connection, transaction
from psycopg import errors, sql

from core.tenancy.roles import LOGIN_ROLE, Role
from core.tenancy.scope import Scope, acting_as
from incentives.merchants.models import Merchant
from tests.database import as_owner
from tests.isolation.places import Place, World

__all__ = ["ROLES", "SUBTREES", "findings_of_reaches", "reaches", "scope_of"]

COLUMNS = ("tiers", "leader", "volunteer", "merchant", "public", "job", "login")

REACHES = """
                                     tiers  leader  volunteer  merchant  public  job   login
    core_job                         ooo-   ooo-    ooo-       ooo-      ----    aaaa  ----
    core_outgoingmessage             -a--   ----    -a--       ----      ----    aaaa  ----
    core_onetimecode                 ----   ----    ----       ----      ----    aaaa  ----

    organizations_committee          ttt-   a---    a---       a---      a---    aaa-  a---
    organizations_committeehistory   th--   ----    ----       ----      ----    ah--  ----
    organizations_user               t-t-   o---    o---       o---      ----    aaa-  aaa-
    organizations_membership         ttt-   ----    ----       ----      ----    aaa-  aaa-
    organizations_membershiphistory  th--   -h--    -h--       -h--      -h--    ah--  -h--
    organizations_invitation         ttt-   ----    ----       ----      ----    aaa-  aaa-
    organizations_rulevalue          tt--   ----    a---       ----      ----    a---  ----
    organizations_familytie          ----   ----    o---       ----      ----    aaa-  a---
    organizations_leadership         ----   o---    o---       ----      ----    a---  a---
    organizations_cashier            ttt-   ----    ----       o---      ----    a-a-  a---
    organizations_organization       ttt-   o---    a---       a---      a---    aaa-  ----
    organizations_organizationhistory th--  -h--    -h--       -h--      -h--    ah--  -h--

    volunteers_volunteer             ttt-   ----    o---       ----      ----    aaa-  ----
    volunteers_volunteerhistory      th--   -h--    -h--       -h--      -h--    ah--  -h--
    volunteers_volunteeridentity     ttt-   ----    o---       ----      ----    aaa-  ----
    volunteers_identityreveal        to--   ----    o---       ----      ----    ----  ----
    volunteers_revealapproval        ttt-   ----    ----       ----      ----    a---  ----
    volunteers_revealapprovalhistory th--   -h--    -h--       -h--      -h--    ah--  -h--

    volunteers_duplicatepair         t-t-   ----    ----       ----      ----    aa--  ----
    volunteers_merge                 t---   ----    ----       ----      ----    a---  ----
    volunteers_clashrequest          tt--   ----    ----       ----      ----    a---  ----
    volunteers_clashnotice           t---   ----    o---       ----      ----    a---  ----
    volunteers_transfer              t---   ----    o---       ----      ----    a---  ----
    volunteers_claim                 t---   ----    o---       ----      ----    aaa-  ----
    volunteers_consenttext           at--   ----    a---       ----      ----    a---  ----
    volunteers_consent               t---   ----    o---       ----      ----    aaa-  ----
    volunteers_consenthistory        th--   -h--    -h--       -h--      -h--    ah--  -h--
    volunteers_privacyrequest        t-t-   ----    oo--       ----      ----    aaa-  ----
    volunteers_privacyrequesthistory th--   -h--    -h--       -h--      -h--    ah--  -h--
    volunteers_retainedidentity      ----   ----    ----       ----      ----    aaaa  ----
    volunteers_dataexport            ----   ----    oo--       ----      ----    a--a  ----
    volunteers_calendarfeed          ----   ----    oooo       ----      ----    a---  ----
    volunteers_emergencycontact      ----   ----    oooo       ----      ----    a-a-  ----
    volunteers_guardianlink          ttt-   ----    ooo-       ----      ----    aaa-  ----

    volunteers_project               att-   ----    a---       ----      a---    a---  ----
    volunteers_projecthistory        th--   -h--    -h--       -h--      -h--    ah--  -h--
    volunteers_station               att-   ----    a---       ----      a---    a---  ----
    volunteers_stationhistory        th--   -h--    -h--       -h--      -h--    ah--  -h--
    volunteers_activity              ttt-   h---    h---       ----      h---    a---  ----
    volunteers_activityhistory       th--   -h--    -h--       -h--      -h--    ah--  -h--
    volunteers_shift                 tttt   h---    h---       ----      h---    a-a-  ----
    volunteers_shifthistory          th--   -h--    -h--       -h--      -h--    ah--  -h--
    volunteers_activitychange        tt--   ----    h---       ----      h---    a---  ----
    volunteers_signup                ttt-   o---    ooo-       ----      ----    a-a-  ----
    volunteers_signuphistory         th--   -h--    -h--       -h--      -h--    ah--  -h--

    volunteers_teammember            ttt-   o---    o-o-       ----      ----    a---  ----
    volunteers_teammemberhistory     th--   -h--    -h--       -h--      -h--    ah--  -h--
    volunteers_notice                tt--   ----    o---       ----      ----    a---  ----
    volunteers_delivery              tt--   ----    o-o-       ----      ----    a---  ----
    volunteers_feedback              tht-   ----    ohh-       ----      ----    a---  ----
    volunteers_checkin               tt--   ----    oh--       ----      ----    a---  ----
    volunteers_doordevice            ttt-   ----    ----       ----      ----    ----  ----
    volunteers_attendance            ttt-   ----    ----       ----      ----    a---  ----
    volunteers_attendancehistory     th--   -h--    -h--       -h--      -h--    ah--  -h--

    volunteers_certificate           ttt-   ----    ooo-       ----      ----    a---  ----
    volunteers_certificatehistory    th--   -h--    -h--       -h--      -h--    ah--  -h--

    volunteers_hourssheet            ttt-   ----    ----       ----      ----    aaa-  ----
    volunteers_servicerecord         ttt-   o---    o---       ----      ----    aaa-  ----
    volunteers_servicerecordhistory  th--   -h--    -h--       -h--      -h--    ah--  -h--
    volunteers_recordsignal          t---   ----    ----       ----      ----    aaaa  ----
    volunteers_unseensheet           th--   ----    ----       ----      ----    aa-a  ----
    volunteers_spotcheck             ttt-   ----    ----       ----      ----    a---  ----
    volunteers_spotcheckitem         ttt-   ----    ----       ----      ----    a---  ----
    volunteers_spotcheckitemhistory  th--   -h--    -h--       -h--      -h--    ah--  -h--
    volunteers_correctionrequest     t-t-   ----    oo--       ----      ----    a-a-  ----
    volunteers_evidencefile          ttt-   ----    ----       ----      ----    a-a-  ----
    volunteers_evidencefilehistory   th--   -h--    -h--       -h--      -h--    ah--  -h--
    volunteers_draft                 ttt-   ----    ----       ----      ----    a---  ----
    volunteers_draftrow              ttt-   ----    ----       ----      ----    a-a-  ----
    volunteers_volunteerterm         tttt   ----    oo-o       ----      ----    aa--  ----
    volunteers_disclosure            tot-   ----    ----       ----      ----    a---  ----
    volunteers_disclosurehistory     th--   -h--    -h--       -h--      -h--    ah--  -h--
    volunteers_disclosedperson       tt--   ----    ----       ----      ----    ----  ----
    volunteers_disclosurelook        to--   ----    ----       ----      ----    ----  ----
    volunteers_bulkchange            tot-   ----    ----       ----      ----    ----  ----
    volunteers_bulkrow               ttt-   ----    ----       ----      ----    ----  ----
    volunteers_export                too-   ----    ----       ----      ----    a-a-  ----
    volunteers_exportedpeople        -t--   ----    ----       ----      ----    ----  ----
    volunteers_importrun             ttt-   ----    ----       ----      ----    a-a-  ----
    volunteers_importfault           tt--   ----    ----       ----      ----    a--a  ----

    training_course                  ttt-   ----    n---       ----      ----    a---  ----
    training_coursehistory           th--   -h--    -h--       -h--      -h--    ah--  -h--
    training_session                 ttt-   ----    n---       ----      ----    a---  ----
    training_sessionhistory          th--   -h--    -h--       -h--      -h--    ah--  -h--
    training_enrolment               ttt-   ----    ooo-       ----      ----    a---  ----
    training_enrolmenthistory        th--   -h--    -h--       -h--      -h--    ah--  -h--
    training_requirement             tt-t   ----    h---       ----      ----    a---  ----

    incentives_merchant              ttt-   ----    n---       o---      ----    a---  ----
    incentives_merchanthistory       th--   -h--    -h--       -h--      -h--    ah--  -h--
    incentives_branch                ttt-   ----    n---       o---      ----    a---  ----
    incentives_offer                 ttt-   ----    n---       o---      ----    a---  ----
    incentives_offerhistory          th--   -h--    -h--       -h--      -h--    ah--  -h--
    incentives_offerstock            tt--   ----    n---       o---      ----    a---  ----
    incentives_till                  ttt-   ----    ----       ----      ----    ----  ----
    incentives_redemption            t---   ----    o---       o---      ----    a---  ----
    incentives_staraward             t-t-   ----    o---       ----      ----    aaaa  ----
    incentives_starawardhistory      th--   -h--    -h--       -h--      -h--    ah--  -h--
    incentives_stardue               ----   ----    ----       ----      ----    a--a  ----

    volunteers_hourstotal            t---   ----    ----       ----      ----    aaaa  ----
    volunteers_registrytotal         t---   ----    ----       ----      ----    aaaa  ----
    volunteers_dirtycell             -h--   ----    ----       ----      ----    aa-a  ----
"""

# The roles that are asked, with the column of the table that holds for each.
ROLES: Mapping[str, str] = {
    Role.TIER1: "tiers",
    Role.TIER2: "tiers",
    Role.TIER3: "tiers",
    Role.TIER4: "tiers",
    Role.LEADER: "leader",
    Role.VOLUNTEER: "volunteer",
    Role.MERCHANT: "merchant",
    Role.PUBLIC: "public",
    Role.JOB: "job",
    LOGIN_ROLE: "login",
}

_COMMITTEES = {Role.TIER1: "44", Role.TIER2: "4418", Role.TIER3: "441802", Role.TIER4: "441802009"}
SUBTREES: Mapping[str, set[Place]] = {
    Role.TIER1: set(Place) - {Place.OTHER_PROVINCE},
    Role.TIER2: {Place.MINE, Place.NEIGHBOUR, Place.SIBLING, Place.COUSIN},
    Role.TIER3: {Place.MINE, Place.NEIGHBOUR, Place.SIBLING},
    Role.TIER4: {Place.MINE, Place.NEIGHBOUR},
}
_COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE")
_DENIED = "no privilege"

# The column that an UPDATE sets to itself, where it is not the key.
_CHANGED_COLUMN = {
    "organizations_user": "is_active",
    "organizations_committee": "name",
    "organizations_cashier": "joined_at",
    "training_enrolment": "state",
    "volunteers_delivery": "looked_at",
    "volunteers_feedback": "line",
    "volunteers_teammember": "ended_at",
}


def reaches() -> dict[str, dict[str, str]]:
    """``REACHES`` as table → column → four letters."""
    _header, *lines = [line.split() for line in REACHES.splitlines() if line.strip()]
    return {table: dict(zip(COLUMNS, cells, strict=True)) for table, *cells in lines}


def scope_of(world: World, role: str) -> Scope | None:
    """The scope of an actor of that role who lives in `Place.MINE`; None for the bare login."""
    if role == LOGIN_ROLE:
        return None
    people = world.people[Place.MINE]
    code = _COMMITTEES.get(Role(role))
    return Scope(
        role=Role(role),
        committee=world.cast.committee(code).path if code else "",
        user=people.user.pk,
        volunteer=people.volunteer.pk,
        organizations=(people.organization.pk,),
        merchant=int(world.key(Merchant, Place.MINE)),
    )


def findings_of_reaches(world: World, role: str) -> list[str]:
    """Where the database answers otherwise than the table says; empty when all is right."""
    expected = reaches()
    found = []
    for table, places in world.rows.items():
        letters = expected.get(table, {}).get(ROLES[role])
        if letters is None:
            found.append(f"{table} has no row in REACHES")
            continue
        for command, letter in zip(_COMMANDS, letters, strict=True):
            wanted = _wanted(role, letter, set(places))
            answered = _ask(world, role, table, command)
            if answered != wanted:
                found.append(
                    f"{role} {command} {table}: reaches {answered or 'nothing'},"
                    f" should reach {wanted or 'nothing'}"
                )
    return found


def _wanted(role: str, letter: str, places: set[Place]) -> set[Place] | str:
    answers: dict[str, set[Place] | str] = {
        "a": places,
        "t": SUBTREES.get(role, set()) & places,
        "n": {Place.MINE, Place.NEIGHBOUR} & places,
        "o": {Place.MINE} & places,
        "h": set[Place](),
        "-": _DENIED,
    }
    return answers[letter]


def _ask(world: World, role: str, table: str, command: str) -> set[Place] | str:
    ask = {"SELECT": _selects, "INSERT": _inserts, "UPDATE": _updates, "DELETE": _deletes}[command]
    templates = _templates(world, table) if command == "INSERT" else {}
    scope = scope_of(world, role)
    with acting_as(scope) if scope else nullcontext():
        try:
            return {
                place
                for place, key in world.rows[table].items()
                if ask(table, _key_column(table), key, templates.get(place, {}))
            }
        except errors.InsufficientPrivilege:
            return _DENIED


def _key_column(table: str) -> str:
    with connection.cursor() as cursor:
        return next(
            str(constraint["columns"][0])
            for constraint in connection.introspection.get_constraints(cursor, table).values()
            if constraint["primary_key"]
        )


@contextmanager
def _tried() -> Iterator[None]:
    """Undoes what is tried, and lets a missing privilege through as what it is."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    except Error as error:
        if isinstance(error.__cause__, errors.InsufficientPrivilege):
            raise error.__cause__ from None
        raise


def _run(statement: str, table: str, names: Mapping[str, str], parameters: list[Any]) -> int:
    parts = {name: sql.Identifier(value) for name, value in names.items()}
    query = sql.SQL(statement).format(table=sql.Identifier(table), **parts)
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return int(cursor.rowcount)


def _selects(table: str, column: str, key: str | int, _template: dict[str, Any]) -> bool:
    with _tried():
        found = _run("SELECT FROM {table} WHERE {key} = %s", table, {"key": column}, [key])
    return found == 1


def _updates(table: str, column: str, key: str | int, _template: dict[str, Any]) -> bool:
    names = {"key": column, "changed": _CHANGED_COLUMN.get(table, column)}
    statement = "UPDATE {table} SET {changed} = {changed}"
    with _tried():
        if not _may_read(table):
            return _run(statement, table, names, []) > 0
        return _run(statement + " WHERE {key} = %s", table, names, [key]) == 1


def _deletes(table: str, column: str, key: str | int, _template: dict[str, Any]) -> bool:
    """A row that others hold on to was reached all the same."""
    try:
        with _tried():
            if not _may_read(table):
                return _run("DELETE FROM {table}", table, {}, []) > 0
            return _run("DELETE FROM {table} WHERE {key} = %s", table, {"key": column}, [key]) == 1
    except IntegrityError:
        return True


def _inserts(table: str, _column: str, _key: str | int, template: dict[str, Any]) -> bool:
    """Policies are asked before constraints: a row that only repeats another one was let in."""
    columns = sql.SQL(", ").join(map(sql.Identifier, template))
    query = sql.SQL(
        "INSERT INTO {table} ({columns})"
        " SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s::jsonb)"
    ).format(table=sql.Identifier(table), columns=columns)
    try:
        with _tried(), connection.cursor() as cursor:
            cursor.execute(query, [json.dumps(template)])
    except IntegrityError:
        return True
    except errors.InsufficientPrivilege as error:
        if "row-level security" in str(error):
            return False
        raise
    return True


def _templates(world: World, table: str) -> dict[Place, dict[str, Any]]:
    """Each place's row as it stands, without what the database computes."""
    column = _key_column(table)
    query = sql.SQL("SELECT to_jsonb(t) FROM {table} t WHERE {key} = %s").format(
        table=sql.Identifier(table), key=sql.Identifier(column)
    )
    found = {}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attgenerated <> ''",
            [table],
        )
        computed = {name for (name,) in cursor.fetchall()}
        for place, key in world.rows[table].items():
            cursor.execute(query, [key])
            (row,) = cursor.fetchone() or ({},)
            row = json.loads(row) if isinstance(row, str) else row
            found[place] = {name: value for name, value in row.items() if name not in computed}
    return found


def _may_read(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_any_column_privilege(%s, 'SELECT')", [table])
        return bool(cursor.fetchone() == (True,))
