"""Addresses of the office: committees, members, organisations, rules, exports, the roof."""

from __future__ import annotations

from uuid import UUID

from tests.isolation.walk.judged import Judged, deed, form, page
from tests.isolation.walk.names import (
    a_committee,
    a_county,
    a_job,
    a_member,
    an_export,
    an_invitation,
    an_organization,
    says,
    with_committee,
)

__all__ = ["JUDGED"]

_FACTS = {"name": "新名协会", "kind": "association"}

JUDGED: tuple[Judged, ...] = (
    # Committees
    page("committees:committee-list", "committees.view", asks={"q=44": "200", "q=陈村": "200"}),
    page("committees:committee-search", "committees.view", asks={"q=44": "200", "q=4": "200"}),
    page("committees:committee-detail", "committees.view", a_committee),
    page("committees:committee-children", "committees.view", a_committee),
    form(
        "committees:committee-open",
        "committees.manage",
        a_county,
        data=says(name="新校区", kind="campus", on="2026-07-01"),
    ),
    form("committees:committee-rename", "committees.manage", a_committee, data=says(name="新名")),
    form("contacts:contact-edit", "committees.contact", a_committee, data=says(phone="12355")),
    form(
        "committees:committee-close", "committees.manage", a_committee, data=says(on="2026-07-01")
    ),
    # Members
    page("accounts:member-list", "members.view", asks={"q=觅": "200", "ended=1": "200"}),
    page("accounts:member-detail", "members.view", a_member),
    form(
        "accounts:member-grant",
        "members.manage",
        data=lambda walked, things: {
            "username": walked.world.people[things.place].user.username,
            "committee": things.code,
            "role": "recorder",
            "starts_on": "2026-07-01",
        },
    ),
    form(
        "accounts:invitation-create",
        "members.manage",
        post="200",
        data=with_committee(role="recorder", name="新人"),
    ),
    deed("accounts:member-revoke", "members.manage", a_member, data=says(reason="调离")),
    deed("accounts:password-offer", "members.manage", a_member, post="200"),
    deed("accounts:account-deactivate", "members.manage", a_member),
    deed("accounts:account-reactivate", "members.manage", a_member),
    deed("accounts:invitation-withdraw", "members.manage", an_invitation),
    # The ledger
    page("ledger:organization-list", "organizations.view", asks={"q=觅": "200"}),
    page("ledger:organization-detail", "organizations.view", an_organization),
    form("ledger:organization-create", "organizations.edit", data=with_committee(**_FACTS)),
    form("ledger:organization-edit", "organizations.edit", an_organization, data=says(**_FACTS)),
    form(
        "ledger:organization-standardise",
        "organizations.edit",
        an_organization,
        data=says(on="2026-07-01"),
    ),
    form(
        "ledger:organization-unstandard",
        "organizations.edit",
        an_organization,
        data=says(on="2026-07-01"),
        post="422",
    ),
    form(
        "ledger:organization-close",
        "organizations.edit",
        an_organization,
        data=says(on="2026-07-01"),
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
    # The roof
    page("home:home", "committees.view"),
    page("dashboard:own-overview", "dashboard.view", get="302"),
    page("dashboard:committee-overview", "dashboard.view", a_committee, asks={"wall=1": "200"}),
    page("portal:search", "volunteers.view", asks={"q=觅": "200", "q=44": "200"}),
    page("jobs:job-list", "jobs.view"),
    page("jobs:job-detail", "jobs.view", personal=a_job),
    page("jobs:job-panel", "jobs.view", personal=a_job, get="302"),
    deed("jobs:job-cancel", "jobs.view", personal=a_job),
    # Exports
    page("exports:export-list", "exports.make"),
    form(
        "exports:export-create",
        "exports.make",
        get="404",
        data=with_committee(kind="volunteers", form="csv", reason="核对", nonce=str(UUID(int=9))),
        foreign="404",
        asks={
            "kind=volunteers&committee={own}": "200",
            "kind=volunteers&q=觅": "200",
            "kind=records&q=觅": "200",
            "kind=volunteers&committee={foreign}": "404",
        },
    ),
    page("exports:export-file", "exports.make", personal=an_export),
)
