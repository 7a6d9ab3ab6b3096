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

from tests.factories.volunteers import identity_number
from tests.isolation.walk.names import (
    Named,
    a_checked,
    a_clash,
    a_columns,
    a_coming,
    a_committee,
    a_confirmation,
    a_copy,
    a_correction,
    a_county,
    a_done,
    a_done_key,
    a_desk_draft,
    a_disclosure,
    a_draft,
    a_draft_sheet,
    a_job,
    a_look,
    a_look_at_minor,
    a_member,
    a_merge,
    a_minor,
    a_notice,
    a_pair,
    a_person_data,
    a_privacy_request,
    a_page,
    a_pane,
    a_photograph,
    a_picture,
    a_record,
    a_record_data,
    a_record_key,
    a_selected,
    a_selected_draft,
    a_sheet,
    a_sheet_with_minor,
    a_spot_check,
    a_spot_check_record,
    a_sheet_to_repeat,
    a_state,
    a_term,
    a_template,
    a_transfer,
    a_volunteer,
    a_volunteer_key,
    a_waiting,
    a_waiting_key,
    an_approval,
    an_export,
    an_import_data,
    an_invitation,
    an_organization,
    says,
    with_committee,
)
from tests.isolation.walk.things import Walked
from volunteers.duplicates.models import DuplicatePair

__all__ = ["JUDGED", "REFUSED", "Judged"]

# A redirect that carries an error message: the verb said no.
REFUSED = "refused"


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

_BELOW_PROVINCE = {
    (name, "POST"): ("403", "the words are kept by the province's office")
    for name in ("city-4418", "county-441802", "county-440606", "township-440606103")
}

JUDGED: tuple[Judged, ...] = (
    # Committees
    _page("committees:committee-list", "committees.view", asks={"q=44": "200", "q=陈村": "200"}),
    _page("committees:committee-search", "committees.view", asks={"q=44": "200", "q=4": "200"}),
    _page("committees:committee-detail", "committees.view", a_committee),
    _page("committees:committee-children", "committees.view", a_committee),
    _form(
        "committees:committee-open",
        "committees.manage",
        a_county,
        data=says(name="新校区", kind="campus", on="2026-07-01"),
    ),
    _form("committees:committee-rename", "committees.manage", a_committee, data=says(name="新名")),
    _form(
        "committees:committee-close", "committees.manage", a_committee, data=says(on="2026-07-01")
    ),
    # Members
    _page("accounts:member-list", "members.view", asks={"q=觅": "200", "ended=1": "200"}),
    _page("accounts:member-detail", "members.view", a_member),
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
        data=with_committee(role="recorder", name="新人"),
    ),
    _deed("accounts:member-revoke", "members.manage", a_member, data=says(reason="调离")),
    _deed("accounts:password-offer", "members.manage", a_member, post="200"),
    _deed("accounts:account-deactivate", "members.manage", a_member),
    _deed("accounts:account-reactivate", "members.manage", a_member),
    _deed("accounts:invitation-withdraw", "members.manage", an_invitation),
    # The ledger
    _page("ledger:organization-list", "organizations.view", asks={"q=觅": "200"}),
    _page("ledger:organization-detail", "organizations.view", an_organization),
    _form("ledger:organization-create", "organizations.edit", data=with_committee(**_FACTS)),
    _form("ledger:organization-edit", "organizations.edit", an_organization, data=says(**_FACTS)),
    _form(
        "ledger:organization-standardise",
        "organizations.edit",
        an_organization,
        data=says(on="2026-07-01"),
    ),
    _form(
        "ledger:organization-unstandard",
        "organizations.edit",
        an_organization,
        data=says(on="2026-07-01"),
        post="422",
    ),
    _form(
        "ledger:organization-close",
        "organizations.edit",
        an_organization,
        data=says(on="2026-07-01"),
    ),
    # The registry
    _page(
        "registry:volunteer-list",
        "volunteers.view",
        asks={"q=觅": "200", "committee={foreign}": "404"},
    ),
    _page("registry:volunteer-lookup", "volunteers.view", asks={"q=觅": "200"}),
    _form("registry:volunteer-create", "volunteers.register", data=a_person_data),
    _page("registry:volunteer-detail", "volunteers.view", a_volunteer),
    _form(
        "registry:volunteer-edit",
        "volunteers.edit",
        a_volunteer,
        data=with_committee(name="改名", reason="登记错误"),
    ),
    _form(
        "registry:volunteer-document",
        "volunteers.edit",
        a_volunteer,
        data=says(number=identity_number(903), reason="换证"),
    ),
    _form(
        "registry:volunteer-guardian",
        "volunteers.edit",
        a_minor,
        data=says(
            guardian_name="监护人",
            guardian_phone="19900008888",
            guardian_consent_on="2026-07-01",
            reason="补登",
        ),
    ),
    _deed("registry:volunteer-state", "volunteers.edit", a_state, data=says(reason="外出")),
    _deed(
        "registry:volunteer-reveal",
        "volunteers.reveal",
        a_look,
        post="200",
        data=says(reason="核对"),
    ),
    _deed(
        "registry:approval-create", "volunteers.reveal", a_look_at_minor, data=says(reason="核对")
    ),
    _page("registry:approval-list", "volunteers.reveal.approve"),
    _deed(
        "registry:approval-answer",
        "volunteers.reveal.approve",
        an_approval,
        data=says(answer="approve"),
    ),
    # Transfers
    _page("transfers:transfer-list", "volunteers.transfers.view", asks={"all=1": "200"}),
    _page("transfers:place-lookup", "volunteers.transfer", asks={"q=44": "200"}),
    _form(
        "transfers:transfer-create",
        "volunteers.transfer",
        a_volunteer,
        data=says(destination="450102001", reason="搬家"),
    ),
    _deed(
        "transfers:transfer-answer", "volunteers.transfer", a_coming, data=says(answer="agree")
    ),
    _form(
        "transfers:own-transfers", "own.transfer", data=says(destination="450102001", reason="搬家")
    ),
    _page("transfers:own-place-lookup", "own.transfer", asks={"q=44": "200"}),
    _deed("transfers:own-take-back", "own.transfer", a_transfer),
    # Registered twice
    _page("duplicates:pair-list", "volunteers.merge"),
    _deed(
        "duplicates:pair-dismiss",
        "volunteers.merge",
        lambda walked, things: {"pair_id": walked.world.key(DuplicatePair, things.place)},
        data=says(reason="两个人"),
    ),
    _page("duplicates:merge-list", "volunteers.merge"),
    _page("duplicates:merge-choose", "volunteers.merge", a_volunteer),
    _form("duplicates:merge-compare", "volunteers.merge", a_pair, data=says(reason="同一人")),
    # Another merge than the one in the table's places would be undone: this one never was.
    _deed(
        "duplicates:merge-undo",
        "volunteers.merge",
        a_merge,
        post=REFUSED,
        data=says(reason="不是同一人"),
    ),
    _page("duplicates:clash-list", "volunteers.transfers.view"),
    _form(
        "duplicates:clash-create",
        "volunteers.register",
        data=with_committee(name="某人", number=identity_number(905), reason="来登记"),
    ),
    _deed(
        "duplicates:clash-answer", "volunteers.transfer", a_notice, data=says(outcome="visitor")
    ),
    _deed("duplicates:clash-take-back", "volunteers.transfer", a_clash),
    _page("duplicates:own-clashes", "own.transfer"),
    _deed(
        "duplicates:own-clash-answer", "own.transfer", a_notice, data=says(outcome="mistake")
    ),
    # Hours
    _page("hours:sheet-list", "hours.view"),
    _page("hours:sheet-detail", "hours.view", a_sheet),
    _deed("hours:sheet-confirm", "hours.confirm", a_sheet),
    _deed("hours:sheet-submit", "hours.record", a_draft_sheet),
    _deed("hours:sheet-return", "hours.confirm", a_sheet, data=says(reason="缺签到表")),
    _page("hours:record-list", "hours.view", asks={"q=觅": "200", "committee={foreign}": "404"}),
    _form("hours:record-create", "hours.record", data=a_record_data),
    _deed("hours:records-confirm", "hours.confirm", data=a_selected, foreign=REFUSED),
    _deed("hours:records-submit", "hours.record", data=a_selected_draft, foreign=REFUSED),
    _deed("hours:record-void", "hours.void", data=a_selected, foreign=REFUSED),
    _deed(
        "hours:confirmation-withdraw", "hours.confirm", personal=a_confirmation, elsewhere=REFUSED
    ),
    _page("hours:record-detail", "hours.view", a_record),
    _form("hours:record-edit", "hours.record", a_draft, data=says(**_AMENDED_RECORD)),
    _form(
        "hours:record-correct",
        "hours.correct",
        a_record,
        data=says(**_AMENDED_RECORD, reason="时间有误"),
    ),
    # The desk
    _page("desk:draft-list", "hours.record"),
    _deed("desk:draft-create", "hours.record", data=a_sheet_to_repeat, foreign="404"),
    _page("desk:people", "hours.record", asks={"q=觅": "200", "q=1990000": "200"}),
    _deed("desk:template-rename", "hours.record", a_template, data=says(name="周六巡河")),
    _page("desk:draft-detail", "hours.record", a_desk_draft),
    _deed(
        "desk:draft-rows",
        "hours.record",
        a_desk_draft,
        post="200",
        json=True,
        data=says(
            since=0,
            rows=[
                {
                    "key": "7d1b6b1e-6f0c-4c0e-9a39-3f7f1f2f5a01",
                    "base": 0,
                    "position": 9,
                    "cells": {"person": "觅"},
                }
            ],
        ),
    ),
    _page("desk:draft-changes", "hours.record", a_desk_draft, asks={"since=0": "200"}),
    _deed(
        "desk:draft-paste",
        "hours.record",
        a_desk_draft,
        post="200",
        json=True,
        data=says(text="1. 觅 3小时", after=1),
    ),
    _deed("desk:draft-submit", "hours.record", a_desk_draft, post="200", json=True, data=says()),
    _deed("desk:draft-discard", "hours.record", a_desk_draft),
    _deed("desk:draft-restore", "hours.record", a_desk_draft),
    _deed("desk:draft-keep", "hours.record", a_desk_draft, data=says(name="周六巡河")),
    _page("hours:correction-list", "corrections.view"),
    _deed(
        "hours:correction-decline", "corrections.answer", a_correction, data=says(reason="记录无误")
    ),
    _page("deadlines:deadline-list", "hours.view"),
    _page("spotchecks:check-list", "spotchecks.view"),
    _form(
        "spotchecks:check-draw",
        "spotchecks.draw",
        data=lambda _walked, things: {
            "title": "抽查",
            "scope": things.code,
            "first_day": "2026-05-01",
            "last_day": "2026-05-31",
            "size": "1",
        },
    ),
    _page("spotchecks:check-detail", "spotchecks.view", a_spot_check),
    _deed("spotchecks:check-publish", "spotchecks.draw", a_spot_check),
    _deed(
        "spotchecks:record-judge",
        "spotchecks.judge",
        a_spot_check_record,
        data=says(finding="wrong", evidence="电话核实"),
    ),
    # Rules of the province: none of the cast is its secretary
    Judged(
        name="rules:rule-list",
        action="rules.view",
        get="200",
        post="403",
        needs="rules.manage",
        data=says(rule="signal-hours-of-a-day", value="6"),
    ),
    # Imports
    _page("imports:run-list", "imports.view"),
    _form(
        "imports:run-create",
        "imports.view",
        needs="hours.import",
        data=an_import_data,
        except_for={
            ("province", "POST"): ("422", _ONLY_NEAR),
            ("city-4418", "POST"): ("422", _ONLY_NEAR),
        },
    ),
    _page("imports:run-detail", "imports.view", a_done),
    _form(
        "imports:run-columns",
        "imports.view",
        a_columns,
        needs="hours.import",
        data=says(header_row=2),
    ),
    _deed("imports:run-take", "imports.view", a_checked, needs="hours.import"),
    _deed("imports:run-settle", "imports.view", a_done, needs="hours.import"),
    _page("imports:run-refused", "imports.view", a_done),
    # Evidence
    Judged(
        name="evidence:pane",
        action="evidence.view",
        names=a_pane,
        get="200",
        post="302",
        needs="evidence.add",
        data=a_photograph,
    ),
    _page("evidence:picture", "evidence.view", a_page),
    _page("evidence:thumbnail", "evidence.view", a_page),
    _deed("evidence:remove", "evidence.add", a_picture),
    _deed("evidence:restore", "evidence.add", a_picture),
    # Skills and times
    _page(
        "registry:volunteer-find",
        "volunteers.view",
        asks={"on=2026-11-28": "200", "place={own}": "200", "place={foreign}": "404"},
    ),
    _form("registry:volunteer-abilities", "volunteers.edit", a_volunteer),
    _form("own:abilities-edit", "own.edit"),
    _form(
        "vocabulary:term-list",
        "vocabulary.manage",
        data=says(kind="skill", name="新词"),
        except_for=_BELOW_PROVINCE,
    ),
    _deed(
        "vocabulary:term-change",
        "vocabulary.manage",
        a_term,
        data=says(change="retire"),
        elsewhere="302",
        except_for=_BELOW_PROVINCE,
    ),
    # Access to full data
    _page("disclosure:disclosure-list", "volunteers.reveals.view", asks={"state=asked": "200"}),
    _form(
        "disclosure:disclosure-person",
        "volunteers.reveal",
        a_minor,
        data=says(reason="办理保险", hours=8),
    ),
    _form(
        "disclosure:disclosure-sheet",
        "volunteers.reveal",
        a_sheet_with_minor,
        data=says(reason="办理保险", hours=8),
    ),
    _page("disclosure:disclosure-detail", "volunteers.reveals.view", a_disclosure),
    _deed(
        "disclosure:disclosure-answer",
        "volunteers.reveal.approve",
        a_disclosure,
        data=says(answer="approve"),
    ),
    _deed("disclosure:disclosure-look", "volunteers.reveal", a_disclosure, post=REFUSED),
    _deed(
        "disclosure:disclosure-end",
        "volunteers.reveal",
        a_disclosure,
        except_for={
            (name, "POST"): (REFUSED, "only who asked or a secretary ends it")
            for name in ("province", "city-4418", "township-440606103")
        },
    ),
    # Exports
    _page("exports:export-list", "exports.make"),
    _form(
        "exports:export-create",
        "exports.make",
        get="404",
        data=with_committee(kind="volunteers", form="csv", nonce=str(UUID(int=9))),
        foreign="404",
        asks={
            "kind=volunteers&committee={own}": "200",
            "kind=volunteers&q=觅": "200",
            "kind=records&q=觅": "200",
            "kind=volunteers&committee={foreign}": "404",
        },
    ),
    _page("exports:export-file", "exports.make", personal=an_export),
    # A volunteer's own pages
    _page("own:home", "own.view"),
    _page("own:profile", "own.view"),
    _page("own:record-detail", "own.view", a_record),
    _deed("own:correction-create", "corrections.ask", a_waiting, data=says(message="不是我")),
    _page("privacy:value-show", "own.view", says(field="phone"), get="302", elsewhere="302"),
    _form("privacy:correction-create", "own.view", data=says(message="姓名有误")),
    _page("privacy:copy-create", "own.view", get="302", post="302"),
    _page("privacy:copy-file", "own.view", a_copy, get="302", elsewhere="302"),
    _deed("guardians:own-link-create", "own.view"),
    # What people ask about their own data
    _page("claims:claim-list", "privacy.view"),
    _page("privacy:request-list", "privacy.view", asks={"all=1": "200"}),
    _deed(
        "privacy:request-answer", "privacy.answer", a_privacy_request, data=says(answer="已改正")
    ),
    _page("privacy:text-list", "privacy.view"),
    _deed(
        "privacy:text-publish",
        "consents.publish",
        data=says(kind="own", title="同意书", body="同意。"),
        except_for={
            (name, "POST"): ("422", "the province alone publishes these texts")
            for name in ("city-4418", "county-441802", "county-440606", "township-440606103")
        },
    ),
    _deed("guardians:link-create", "volunteers.edit", a_minor, post="200"),
    # The roof
    _page("home:home", "committees.view"),
    _page("dashboard:own-overview", "dashboard.view", get="302"),
    _page("dashboard:committee-overview", "dashboard.view", a_committee, asks={"wall=1": "200"}),
    _page("portal:search", "volunteers.view", asks={"q=觅": "200", "q=44": "200"}),
    _page("jobs:job-list", "jobs.view"),
    _page("jobs:job-detail", "jobs.view", personal=a_job),
    _page("jobs:job-panel", "jobs.view", personal=a_job, get="302"),
    _deed("jobs:job-cancel", "jobs.view", personal=a_job),
    # For programs
    _page(
        "api:committee-list",
        "committees.view",
        asks={"q=44": "200", "parent=440606": "200", "parent=441802": "200"},
    ),
    _page("api:committee-detail", "committees.view", a_committee),
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
    _page("api:volunteer-detail", "volunteers.view", a_volunteer_key),
    Judged(
        name="api:service-record-list",
        action="hours.view",
        get="200",
        post="201",
        needs="hours.record",
        data=a_record_data,
        json=True,
        foreign="404",
        asks={"committee={foreign}": "404"},
    ),
    _page("api:service-record-detail", "hours.view", a_record_key),
    _deed("api:service-record-confirm", "hours.confirm", a_waiting_key, post="200", json=True),
    _deed(
        "api:service-record-void",
        "hours.void",
        a_record_key,
        post="200",
        json=True,
        data=says(reason="登记错误"),
    ),
    _deed(
        "api:import-list",
        "imports.view",
        post="202",
        needs="hours.import",
        data=an_import_data,
        foreign="404",
    ),
    _page("api:import-detail", "imports.view", a_done_key),
)
