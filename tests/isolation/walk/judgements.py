"""What each address is for, who may do it, and what it answers: the one readable table.

`organizations.accounts.access` says which role may do which action; here stands which action an
address is, what it needs and what success looks like. The rest follows for every role: who lacks
the action is answered 403, who names something outside of the own scope 404, and nobody a method
that the address does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from organizations.accounts.models import Invitation
from tests.factories.volunteers import identity_number
from tests.isolation.walk.things import Things, Walked
from volunteers.hours.models import CorrectionRequest
from volunteers.hours.views.answers import microseconds_of
from volunteers.registry.models import RevealApproval

__all__ = ["JUDGED", "REFUSED", "Judged"]

# A redirect that carries an error message: the verb said no.
REFUSED = "refused"

Named = Callable[[Walked, Things], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One address: its action, and what it answers to who may.

    ``names`` fills the address from a place, ``personal`` from a login name, where the thing is
    one person's; ``elsewhere`` is the answer when it is a foreign one. ``data`` makes the body and
    ``foreign`` is the answer to one that names something of another place, where the address
    itself names nothing.
    ``needs`` is the action that the verb asks for when the view only asked to look.
    ``asks`` are query strings, with their answer, that try to get at other places' rows.
    """

    name: str
    action: str
    get: str = ""
    post: str = ""
    names: Named | None = None
    personal: Callable[[Walked, str], dict[str, Any]] | None = None
    elsewhere: str = "404"
    data: Named | None = None
    json: bool = False
    foreign: str = "422"
    needs: str = ""
    asks: Mapping[str, str] = field(default_factory=dict)
    # (login name, method) → (answer to the own thing, reason)
    except_for: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    @property
    def is_api(self) -> bool:
        """Programs are told 401 instead of being sent to the login page."""
        return self.name.startswith("api:")


def _page(name: str, action: str, names: Named | None = None, **more: Any) -> Judged:
    return Judged(name=name, action=action, names=names, **{"get": "200", **more})


def _deed(name: str, action: str, names: Named | None = None, **more: Any) -> Judged:
    return Judged(name=name, action=action, names=names, **{"post": "302", **more})


def _form(name: str, action: str, names: Named | None = None, **more: Any) -> Judged:
    return Judged(name=name, action=action, names=names, **{"get": "200", "post": "302", **more})


def _committee(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"code": things.code}


def _county(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"code": things.county}


def _organization(walked: Walked, things: Things) -> dict[str, Any]:
    return {"organization_id": walked.world.people[things.place].organization.pk}


def _volunteer(walked: Walked, things: Things) -> dict[str, Any]:
    return {"number": walked.world.people[things.place].volunteer.number}


def _volunteer_key(walked: Walked, things: Things) -> dict[str, Any]:
    return {"pk": walked.world.people[things.place].volunteer.pk}


def _minor(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"number": things.minor.number}


def _state(walked: Walked, things: Things) -> dict[str, Any]:
    return {**_volunteer(walked, things), "verb": "pause"}


def _look(walked: Walked, things: Things) -> dict[str, Any]:
    return {**_volunteer(walked, things), "field": "phone"}


def _look_at_minor(walked: Walked, things: Things) -> dict[str, Any]:
    return {**_minor(walked, things), "field": "phone"}


def _approval(walked: Walked, things: Things) -> dict[str, Any]:
    return {"approval_id": walked.world.key(RevealApproval, things.place)}


def _member(walked: Walked, things: Things) -> dict[str, Any]:
    return {"membership_id": walked.world.people[things.place].membership.pk}


def _invitation(walked: Walked, things: Things) -> dict[str, Any]:
    return {"invitation_id": walked.world.key(Invitation, things.place)}


def _record(walked: Walked, things: Things) -> dict[str, Any]:
    return {"record_id": walked.world.people[things.place].record.pk}


def _draft(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"record_id": things.draft.pk}


def _waiting(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"record_id": things.waiting.pk}


def _record_key(walked: Walked, things: Things) -> dict[str, Any]:
    return {"pk": walked.world.people[things.place].record.pk}


def _waiting_key(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"pk": things.waiting.pk}


def _sheet(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"sheet_id": things.waiting.sheet_id}


def _draft_sheet(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"sheet_id": things.draft.sheet_id}


def _correction(walked: Walked, things: Things) -> dict[str, Any]:
    return {"correction_id": walked.world.key(CorrectionRequest, things.place)}


def _columns(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"run_id": things.columns.pk}


def _checked(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"run_id": things.checked.pk}


def _done(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"run_id": things.done.pk}


def _done_key(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"pk": things.done.pk}


def _job(walked: Walked, username: str) -> dict[str, Any]:
    return {"job_id": walked.jobs[username].pk}


def _confirmation(walked: Walked, username: str) -> dict[str, Any]:
    record = walked.confirmed[username]
    assert record.confirmed_at is not None
    return {
        "moment": microseconds_of(record.confirmed_at),
        "first": record.pk,
        "last": record.pk,
    }


def _says(**data: Any) -> Named:
    return lambda _walked, _things: dict(data)


def _with_committee(**data: Any) -> Named:
    return lambda _walked, things: {"committee": things.code, **data}


def _record_data(walked: Walked, things: Things) -> dict[str, Any]:
    return {
        "volunteer": walked.world.people[things.place].volunteer.number,
        "activity_title": "巡河",
        "kind": "environment",
        "served_on": "2026-07-01",
        "start": "08:00",
        "end": "10:00",
        "evidence": "签到表",
        "nonce": str(UUID(int=len(things.place))),
    }


def _person_data(_walked: Walked, things: Things) -> dict[str, Any]:
    return {
        "name": "新来的人",
        "number": identity_number(901),
        "phone": "19900009999",
        "committee": things.code,
        "registered_on": "2026-07-01",
        "consent_on": "2026-07-01",
        "consent_evidence": "签字表",
        "nonce": str(UUID(int=77)),
    }


def _import_data(_walked: Walked, things: Things) -> dict[str, Any]:
    file = SimpleUploadedFile("hours.csv", "姓名,日期\n某,2026-05-01\n".encode())
    return {"kind": "hours", "committee": things.code, "file": file, "nonce": str(UUID(int=5))}


def _selected(walked: Walked, things: Things) -> dict[str, Any]:
    record = {"ids": things.waiting.pk, "selected": things.waiting.pk}
    return {**record, "reason": "登记错误"}


def _selected_draft(_walked: Walked, things: Things) -> dict[str, Any]:
    return {"ids": things.draft.pk, "selected": things.draft.pk}


_MONTHS = "from=2026-01&to=2026-12"
_FACTS = {"name": "新名协会", "kind": "association"}
_AMENDED_RECORD = {
    "activity_title": "巡河",
    "kind": "environment",
    "served_on": "2026-08-01",
    "start": "08:00",
    "end": "10:00",
}

_ONLY_NEAR = "a workbook is brought in for the own committee or one right below it"

JUDGED: tuple[Judged, ...] = (
    # Committees
    _page("committees:committee-list", "committees.view", asks={"q=44": "200", "q=陈村": "200"}),
    _page("committees:committee-search", "committees.view", asks={"q=44": "200", "q=4": "200"}),
    _page("committees:committee-detail", "committees.view", _committee),
    _page("committees:committee-children", "committees.view", _committee),
    _form(
        "committees:committee-open",
        "committees.manage",
        _county,
        data=_says(name="新校区", kind="campus", on="2026-07-01"),
    ),
    _form("committees:committee-rename", "committees.manage", _committee, data=_says(name="新名")),
    _form(
        "committees:committee-close", "committees.manage", _committee, data=_says(on="2026-07-01")
    ),
    # Members
    _page("accounts:member-list", "members.view", asks={"q=觅": "200", "ended=1": "200"}),
    _page("accounts:member-detail", "members.view", _member),
    _form(
        "accounts:member-grant",
        "members.manage",
        data=lambda walked, things: {
            "username": walked.world.people[things.place].user.username,
            "committee": things.code,
            "role": "recorder",
            "starts_on": "2026-07-01",
        },
    ),
    _form(
        "accounts:invitation-create",
        "members.manage",
        post="200",
        data=_with_committee(role="recorder", name="新人"),
    ),
    _deed("accounts:member-revoke", "members.manage", _member, data=_says(reason="调离")),
    _deed("accounts:password-offer", "members.manage", _member, post="200"),
    _deed("accounts:account-deactivate", "members.manage", _member),
    _deed("accounts:account-reactivate", "members.manage", _member),
    _deed("accounts:invitation-withdraw", "members.manage", _invitation),
    # The ledger
    _page("ledger:organization-list", "organizations.view", asks={"q=觅": "200"}),
    _page("ledger:organization-detail", "organizations.view", _organization),
    _form("ledger:organization-create", "organizations.edit", data=_with_committee(**_FACTS)),
    _form("ledger:organization-edit", "organizations.edit", _organization, data=_says(**_FACTS)),
    _form(
        "ledger:organization-standardise",
        "organizations.edit",
        _organization,
        data=_says(on="2026-07-01"),
    ),
    _form(
        "ledger:organization-unstandard",
        "organizations.edit",
        _organization,
        data=_says(on="2026-07-01"),
        post="422",
    ),
    _form(
        "ledger:organization-close",
        "organizations.edit",
        _organization,
        data=_says(on="2026-07-01"),
    ),
    # The registry
    _page(
        "registry:volunteer-list",
        "volunteers.view",
        asks={"q=觅": "200", "committee={foreign}": "404"},
    ),
    _page("registry:volunteer-lookup", "volunteers.view", asks={"q=觅": "200"}),
    _form("registry:volunteer-create", "volunteers.register", data=_person_data),
    _page("registry:volunteer-detail", "volunteers.view", _volunteer),
    _form(
        "registry:volunteer-edit",
        "volunteers.edit",
        _volunteer,
        data=_with_committee(name="改名", reason="登记错误"),
    ),
    _form(
        "registry:volunteer-document",
        "volunteers.edit",
        _volunteer,
        data=_says(number=identity_number(903), reason="换证"),
    ),
    _form(
        "registry:volunteer-guardian",
        "volunteers.edit",
        _minor,
        data=_says(
            guardian_name="监护人",
            guardian_phone="19900008888",
            guardian_consent_on="2026-07-01",
            reason="补登",
        ),
    ),
    _deed("registry:volunteer-state", "volunteers.edit", _state, data=_says(reason="外出")),
    _deed(
        "registry:volunteer-reveal",
        "volunteers.reveal",
        _look,
        post="200",
        data=_says(reason="核对"),
    ),
    _deed(
        "registry:approval-create", "volunteers.reveal", _look_at_minor, data=_says(reason="核对")
    ),
    _page("registry:approval-list", "volunteers.reveal.approve"),
    _deed(
        "registry:approval-answer",
        "volunteers.reveal.approve",
        _approval,
        data=_says(answer="approve"),
    ),
    # Hours
    _page("hours:sheet-list", "hours.view"),
    _page("hours:sheet-detail", "hours.view", _sheet),
    _deed("hours:sheet-confirm", "hours.confirm", _sheet),
    _deed("hours:sheet-submit", "hours.record", _draft_sheet),
    _deed("hours:sheet-return", "hours.confirm", _sheet, data=_says(reason="缺签到表")),
    _page("hours:record-list", "hours.view", asks={"q=觅": "200", "committee={foreign}": "404"}),
    _form("hours:record-create", "hours.record", data=_record_data),
    _deed("hours:records-confirm", "hours.confirm", data=_selected, foreign=REFUSED),
    _deed("hours:records-submit", "hours.record", data=_selected_draft, foreign=REFUSED),
    _deed("hours:record-void", "hours.void", data=_selected, foreign=REFUSED),
    _deed(
        "hours:confirmation-withdraw", "hours.confirm", personal=_confirmation, elsewhere=REFUSED
    ),
    _page("hours:record-detail", "hours.view", _record),
    _form("hours:record-edit", "hours.record", _draft, data=_says(**_AMENDED_RECORD)),
    _form(
        "hours:record-correct",
        "hours.correct",
        _record,
        data=_says(**_AMENDED_RECORD, reason="时间有误"),
    ),
    _page("hours:correction-list", "corrections.view"),
    _deed(
        "hours:correction-decline", "corrections.answer", _correction, data=_says(reason="记录无误")
    ),
    # Imports
    _page("imports:run-list", "imports.view"),
    _form(
        "imports:run-create",
        "imports.view",
        needs="hours.import",
        data=_import_data,
        except_for={
            ("province", "POST"): ("422", _ONLY_NEAR),
            ("city-4418", "POST"): ("422", _ONLY_NEAR),
        },
    ),
    _page("imports:run-detail", "imports.view", _done),
    _form(
        "imports:run-columns",
        "imports.view",
        _columns,
        needs="hours.import",
        data=_says(header_row=2),
    ),
    _deed("imports:run-take", "imports.view", _checked, needs="hours.import"),
    _deed("imports:run-settle", "imports.view", _done, needs="hours.import"),
    _page("imports:run-refused", "imports.view", _done),
    # A volunteer's own pages
    _page("own:home", "own.view"),
    _page("own:profile", "own.view"),
    _page("own:record-detail", "own.view", _record),
    _deed("own:correction-create", "corrections.ask", _waiting, data=_says(message="不是我")),
    # The roof
    _page("home:home", "committees.view"),
    _page("dashboard:own-overview", "dashboard.view", get="302"),
    _page("dashboard:committee-overview", "dashboard.view", _committee, asks={"wall=1": "200"}),
    _page("portal:search", "volunteers.view", asks={"q=觅": "200", "q=44": "200"}),
    _page("jobs:job-list", "jobs.view"),
    _page("jobs:job-detail", "jobs.view", personal=_job),
    _page("jobs:job-panel", "jobs.view", personal=_job, get="302"),
    _deed("jobs:job-cancel", "jobs.view", personal=_job),
    # For programs
    _page(
        "api:committee-list",
        "committees.view",
        asks={"q=44": "200", "parent=440606": "200", "parent=441802": "200"},
    ),
    _page("api:committee-detail", "committees.view", _committee),
    _page(
        "api:coverage",
        "coverage.view",
        asks={"committee={own}": "200", "committee={foreign}": "404"},
    ),
    _page(
        "api:hours-summary",
        "dashboard.view",
        get="400",
        asks={
            f"committee={{own}}&{_MONTHS}": "200",
            f"committee={{own}}&{_MONTHS}&by=month": "200",
            f"committee={{foreign}}&{_MONTHS}": "404",
        },
    ),
    _page(
        "api:volunteer-list",
        "volunteers.view",
        asks={"q=觅": "200", "committee={foreign}": "404"},
    ),
    _page("api:volunteer-detail", "volunteers.view", _volunteer_key),
    Judged(
        name="api:service-record-list",
        action="hours.view",
        get="200",
        post="201",
        needs="hours.record",
        data=_record_data,
        json=True,
        foreign="404",
        asks={"committee={foreign}": "404"},
    ),
    _page("api:service-record-detail", "hours.view", _record_key),
    _deed("api:service-record-confirm", "hours.confirm", _waiting_key, post="200", json=True),
    _deed(
        "api:service-record-void",
        "hours.void",
        _record_key,
        post="200",
        json=True,
        data=_says(reason="登记错误"),
    ),
    _deed(
        "api:import-list",
        "imports.view",
        post="202",
        needs="hours.import",
        data=_import_data,
        foreign="404",
    ),
    _page("api:import-detail", "imports.view", _done_key),
)
