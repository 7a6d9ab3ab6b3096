"""What happens at the desk in the fault tests. Each command answers in lines of JSON."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterable
from datetime import date, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.core.files import File
from django.core.management import call_command
from django.db import Error, connection

from core.jobs.domain import enqueue_job
from core.tenancy.scope import Scope, acting_as
from core.workbooks.isolation import read_in_child
from organizations.accounts.actors import Actor
from organizations.accounts.models import Membership
from organizations.accounts.scopes import actor_for_membership_id
from tests.factories.volunteers import identity_number
from tests.faults.words import COUNTY, DIVISIONS, MEMBER, PEOPLE, ROWS
from tests.volunteers.workbooks import HOURS_HEADER, ROSTER_HEADER, write_workbook
from volunteers.hours.domain import Stretch, record_hours
from volunteers.imports.domain import take_workbook_at_once
from volunteers.imports.models import ImportKind
from volunteers.registry.imports import ROSTER_COLUMNS, import_roster
from volunteers.registry.models import Volunteer

__all__ = ["main"]


def main(words: list[str]) -> None:
    """Does what the command line says."""
    match words:
        case ["build", folder]:
            build(Path(folder))
        case ["send", folder, number]:
            send(Path(folder), int(number))
        case ["ask", kind, *parameters]:
            ask(kind, parameters)
        case ["enter", count]:
            enter(int(count))
        case _:
            message = f"unknown: {words}"
            raise SystemExit(message)


def build(folder: Path) -> None:
    """Makes the database, one member and the people whom the sheets name."""
    call_command("create_roles", stdout=sys.stderr)
    call_command("migrate", verbosity=0)
    call_command("load_divisions", str(DIVISIONS), stdout=sys.stderr)
    call_command("create_member", MEMBER, committee=COUNTY, role="recorder", stdout=sys.stderr)
    roster = write_workbook(folder / "roster.xlsx", ROSTER_HEADER, _roster_rows())
    recorder = _recorder()
    assert recorder.committee is not None
    with acting_as(recorder.scope), read_in_child(roster, ROSTER_COLUMNS) as sheet:
        result = import_roster(
            sheet, committee=recorder.committee, actor=recorder, consent="本单位已取得同意"
        )
    assert not result.refused, result.refused


def send(folder: Path, number: int) -> None:
    """Sends in an hour sheet of 10,000 good rows, on days of its own; answers the job's id."""
    path = folder / f"sheet-{number}.xlsx"
    write_workbook(path, HOURS_HEADER, _hours_rows(number))
    recorder = _recorder()
    assert recorder.committee is not None
    with path.open("rb") as file, acting_as(recorder.scope):
        run = take_workbook_at_once(
            File(file, name=path.name),
            kind=ImportKind.HOURS,
            committee=recorder.committee,
            actor=recorder,
            nonce=uuid4(),
        )
    _say(run.job_id)


def ask(kind: str, parameters: list[str]) -> None:
    """Asks for a job for each set of parameters; answers their ids."""
    recorder = _recorder()
    for text in parameters:
        with acting_as(recorder.scope):
            job = enqueue_job(
                kind=kind, parameters=json.loads(text), actor=recorder, title="a job of the desk"
            )
        _say(job.pk)


def enter(count: int) -> None:
    """Enters records one by one as a browser does, sending again until an answer comes.

    Answers the key of each record as it is acknowledged.
    """
    pause = threading.Event()
    for number in range(count):
        nonce = uuid4()
        while not _is_acknowledged(number, nonce):
            connection.close()
            pause.wait(0.05)
        _say(str(nonce))


def _is_acknowledged(number: int, nonce: UUID) -> bool:
    try:
        recorder = _recorder()
        with acting_as(recorder.scope):
            record_hours(
                actor=recorder,
                volunteer=Volunteer.objects.order_by("pk")[number % PEOPLE],
                activity_title="巡河护水",
                when=Stretch(served_on=date(2026, 5, 1), start=time(8), end=time(9)),
                evidence="签到表",
                nonce=nonce,
            )
    except Error:
        return False
    return True


def _recorder() -> Actor:
    with acting_as(Scope.for_job("desk")):
        membership = Membership.objects.get(user__username=MEMBER)
    return actor_for_membership_id(membership.pk)


def _roster_rows() -> Iterable[tuple[str, ...]]:
    for number in range(PEOPLE):
        yield (
            str(number + 1), _name(number), "男" if number % 2 else "女", identity_number(number),
            f"1990001{number:04d}", "共青团员", "横荷街道", "", "2025-01-01", "",
        )  # fmt: skip


def _hours_rows(sheet: int) -> Iterable[tuple[str, ...]]:
    """Everybody, on as many days as make 10,000 rows."""
    days = ROWS // PEOPLE
    first = date(2022, 1, 1) + timedelta(days=sheet * days)
    for row in range(ROWS):
        day, person = divmod(row, PEOPLE)
        yield (
            _name(person), identity_number(person), "敬老院探访",
            (first + timedelta(days=day)).isoformat(), "14:00", "16:00", "2", "",
        )  # fmt: skip


def _name(number: int) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    return f"{'陈李张王黄林何周吴刘'[ones]}{'一二三四五六七八九十'[tens]}{'明华'[hundreds]}"


def _say(answer: object) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()
