"""Loads the demonstration step by step; each step is skipped when what it makes stands.

An interrupted load goes on where it stopped: every step is one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.core.management.base import OutputWrapper
from django.db.models import Count

from core.tenancy.scope import Scope, acting_as
from incentives.stars.domain import recount_stars
from organizations.accounts.actors import Actor
from organizations.accounts.domain import create_member
from organizations.accounts.domain.people import open_volunteer_account
from organizations.accounts.models import MemberRole, Membership, User
from organizations.accounts.scopes import actor_for_membership_id
from organizations.committees.imports import load_divisions
from organizations.committees.models import Committee
from organizations.contacts.domain import set_contact
from portal.demo.alliance import grant_benefits
from portal.demo.calls import call_volunteers
from portal.demo.cast import CASHIER, MEMBERS, VOLUNTEER, demo_password
from portal.demo.progress import Progress
from portal.demo.synthetic.seeding import seed
from portal.demo.teams import fill_a_team
from portal.demo.training import teach
from volunteers.hours.domain import confirm_hours
from volunteers.hours.models import ServiceRecord
from volunteers.imports.domain import import_path
from volunteers.imports.models import ImportKind, ImportRun
from volunteers.registry.models import RegistrationSource, Volunteer
from volunteers.totals.domain import mark_everything, recount_dirty_months

__all__ = ["load", "load_real_input"]

DATA = Path(__file__).parent / "data"
WORKBOOKS = DATA / "workbooks"
COUNTIES = ("441802", "440606")
_PHONES = {"province": "12355", "county-441802": "0763-3000000", "county-440606": "0757-22000000"}
_OFFICE_HOURS = "周一至周五 8:30–12:00，14:30–17:30"
SYNTHETIC_VOLUNTEERS = 30_000
SYNTHETIC_RECORDS = 200_000
_JOB = Scope.for_job("demonstration")


def load(stream: OutputWrapper) -> None:
    """Brings the database to the whole demonstration."""
    load_real_input(stream)
    _add_synthetic(stream)


def load_real_input(stream: OutputWrapper) -> None:
    """Divisions, members, ledger, and two counties' rosters and hours through the imports."""
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("divisions", _load_divisions),
        ("members", _make_members),
        ("telephones", _enter_telephones),
        ("ledger", _load_ledger),
        ("rosters", _load_rosters),
        ("hours", _load_hours),
        ("confirmation", _confirm_hours),
        ("volunteer's account", _open_account),
        ("activities", _call_volunteers),
        ("a team", _fill_a_team),
        ("an alliance", _grant_benefits),
        ("training", _teach),
    )
    progress = Progress(stream, "ledger, rosters and hours")
    for number, (_name, step) in enumerate(steps, start=1):
        step()
        progress.show(number, len(steps))


def _load_divisions() -> None:
    with acting_as(_JOB, statement_timeout_ms=0):
        load_divisions(DATA / "divisions-44-guangdong.csv")


def _make_members() -> None:
    with acting_as(_JOB):
        for login in MEMBERS:
            create_member(
                username=login.username,
                committee_code=login.committee,
                role=MemberRole(login.role),
                password=demo_password(),
                name=login.name,
            )


def _enter_telephones() -> None:
    """Numbers that nobody has; those below a committee are told its own."""
    for username, phone in _PHONES.items():
        actor = _actor(username)
        with acting_as(actor.scope):
            set_contact(_committee(actor), phone=phone, office_hours=_OFFICE_HOURS, actor=actor)


def _load_ledger() -> None:
    _bring_in("province", ImportKind.LEDGER, "ledger-guangdong-2021.xlsx")


def _load_rosters() -> None:
    for code in COUNTIES:
        _bring_in(f"county-{code}-recorder", ImportKind.VOLUNTEERS, f"roster-{code}.xlsx")


def _load_hours() -> None:
    for code in COUNTIES:
        _bring_in(f"county-{code}-recorder", ImportKind.HOURS, _sheet_title(code))


def _bring_in(username: str, kind: ImportKind, file_name: str) -> None:
    """As the member would: what is refused waits among the imports to be mended."""
    actor = _actor(username)
    with acting_as(actor.scope, statement_timeout_ms=0):
        if not ImportRun.objects.filter(file_name=file_name).exists():
            import_path(WORKBOOKS / file_name, kind=kind, committee=_committee(actor), actor=actor)


def _confirm_hours() -> None:
    """The second person confirms the month's first three weeks; the rest waits in the queue."""
    for code in COUNTIES:
        actor = _actor(f"county-{code}")
        with acting_as(actor.scope, statement_timeout_ms=0):
            waiting = ServiceRecord.objects.awaiting_confirmation().filter(
                sheet__title=_sheet_title(code), served_on__day__lte=21
            )
            if waiting.exists():
                confirm_hours(waiting, actor=actor)


def _open_account() -> None:
    """The volunteer with the most confirmed records of the first county's roster."""
    with acting_as(_JOB):
        busiest = (
            ServiceRecord.objects.confirmed()
            .filter(sheet__title=_sheet_title(COUNTIES[0]))
            .values("volunteer_id", "volunteer_name")
            .annotate(records=Count("id"))
            .order_by("-records", "volunteer_id")
            .first()
        )
        if busiest is not None:
            open_volunteer_account(
                username=VOLUNTEER,
                volunteer_id=busiest["volunteer_id"],
                name=busiest["volunteer_name"],
                password=demo_password(),
            )


def _call_volunteers() -> None:
    county = f"county-{COUNTIES[0]}"
    call_volunteers(
        province=_actor("province"),
        recorder=_actor(f"{county}-recorder"),
        secretary=_actor(county),
    )


def _fill_a_team() -> None:
    with acting_as(_JOB):
        account = User.objects.filter(username=VOLUNTEER).first()
    if account is not None and account.volunteer_id is not None:
        fill_a_team(secretary=_actor(f"county-{COUNTIES[0]}"), leader=account.volunteer_id)


def _grant_benefits() -> None:
    grant_benefits(
        secretary=_actor(f"county-{COUNTIES[0]}"), cashier=CASHIER, password=demo_password()
    )


def _teach() -> None:
    teach(province=_actor("province"), county=_actor(f"county-{COUNTIES[0]}"))


def _add_synthetic(stream: OutputWrapper) -> None:
    with acting_as(_JOB, statement_timeout_ms=0):
        missing = not Volunteer.objects.filter(source=RegistrationSource.SYNTHETIC).exists()
    if missing:
        seed(volunteers=SYNTHETIC_VOLUNTEERS, records=SYNTHETIC_RECORDS, stream=stream)
        mark_everything()
    recount_dirty_months()
    recount_stars()


def _actor(username: str) -> Actor:
    with acting_as(_JOB):
        # Whoever ran an earlier version keeps the role that the login had then, beside its own.
        membership = Membership.objects.filter(user__username=username).latest("pk")
    return actor_for_membership_id(membership.pk)


def _committee(actor: Actor) -> Committee:
    if actor.committee is None:
        message = "Members of the demonstration act for a committee."
        raise LookupError(message)
    return actor.committee


def _sheet_title(code: str) -> str:
    return f"hours-{code}-2026-05.xlsx"
