"""Addresses about people: the registry, who moves and merges, access, the own pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.database import as_owner
from tests.factories.volunteers import identity_number
from tests.isolation.walk.calls import (
    a_call_with_signup,
    a_door,
    a_door_code,
    a_member_to_lead,
    a_shift_to_come,
    a_shift_to_lead,
    a_signup,
)
from tests.isolation.walk.judged import REFUSED, Judged, deed, form, page
from tests.isolation.walk.names import (
    a_bulk,
    a_clash,
    a_coming,
    a_copy,
    a_disclosure,
    a_look,
    a_look_at_minor,
    a_merge,
    a_minor,
    a_notice,
    a_pair,
    a_person_data,
    a_privacy_request,
    a_record,
    a_sheet_with_minor,
    a_state,
    a_term,
    a_transfer,
    a_volunteer,
    a_waiting,
    an_approval,
    an_organization,
    says,
    with_committee,
)
from tests.isolation.walk.things import Things, Walked
from volunteers.certificates.models import Certificate
from volunteers.duplicates.models import DuplicatePair
from volunteers.notices.models import Notice
from volunteers.teams.models import TeamMember

__all__ = ["JUDGED"]


def a_certificate(walked: Walked, things: Things) -> dict[str, Any]:
    return {"certificate_id": walked.world.key(Certificate, things.place)}


def a_message(walked: Walked, things: Things) -> dict[str, Any]:
    return {"notice_id": walked.world.key(Notice, things.place)}


def a_team_member(walked: Walked, things: Things) -> dict[str, Any]:
    return {"member_id": walked.world.key(TeamMember, things.place)}


def a_number_entered(walked: Walked, things: Things) -> dict[str, Any]:
    return {"entries": walked.world.people[things.place].volunteer.number, "role": "member"}


def a_batch(walked: Walked, things: Things) -> dict[str, Any]:
    with as_owner():
        key = walked.world.key(Certificate, things.place)
        return {"batch": Certificate.objects.get(pk=key).batch}


_BELOW_PROVINCE = {
    (name, "POST"): ("403", "the words are kept by the province's office")
    for name in ("city-4418", "county-441802", "county-440606", "township-440606103")
}

JUDGED: tuple[Judged, ...] = (
    # The registry
    page(
        "registry:volunteer-list",
        "volunteers.view",
        asks={"q=觅": "200", "committee={foreign}": "404"},
    ),
    page("registry:volunteer-lookup", "volunteers.view", asks={"q=觅": "200"}),
    form("registry:volunteer-create", "volunteers.register", data=a_person_data),
    page("registry:volunteer-detail", "volunteers.view", a_volunteer),
    form(
        "registry:volunteer-edit",
        "volunteers.edit",
        a_volunteer,
        data=with_committee(name="改名", reason="登记错误"),
    ),
    form(
        "registry:volunteer-document",
        "volunteers.edit",
        a_volunteer,
        data=says(number=identity_number(903), reason="换证"),
    ),
    form(
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
    deed("registry:volunteer-state", "volunteers.edit", a_state, data=says(reason="外出")),
    deed(
        "registry:volunteer-reveal",
        "volunteers.reveal",
        a_look,
        post="200",
        data=says(reason="核对"),
    ),
    deed(
        "registry:approval-create", "volunteers.reveal", a_look_at_minor, data=says(reason="核对")
    ),
    page("registry:approval-list", "volunteers.reveal.approve"),
    deed(
        "registry:approval-answer",
        "volunteers.reveal.approve",
        an_approval,
        data=says(answer="approve"),
    ),
    # Changes of many
    page("bulk:bulk-list", "volunteers.bulk.view"),
    form(
        "bulk:bulk-create",
        "volunteers.bulk",
        post="200",
        data=with_committee(kind="pause", step="preview", reason="外出", nonce=str(UUID(int=8))),
        foreign="404",
        asks={"q=觅": "200", "kind=move&committee={foreign}": "404"},
    ),
    page("bulk:bulk-detail", "volunteers.bulk.view", a_bulk, asks={"outcome=done": "200"}),
    deed("bulk:bulk-undo", "volunteers.bulk", a_bulk),
    # Transfers
    page("transfers:transfer-list", "volunteers.transfers.view", asks={"all=1": "200"}),
    page("transfers:place-lookup", "volunteers.transfer", asks={"q=44": "200"}),
    form(
        "transfers:transfer-create",
        "volunteers.transfer",
        a_volunteer,
        data=says(destination="450102001", reason="搬家"),
    ),
    deed("transfers:transfer-answer", "volunteers.transfer", a_coming, data=says(answer="agree")),
    form(
        "transfers:own-transfers", "own.transfer", data=says(destination="450102001", reason="搬家")
    ),
    page("transfers:own-place-lookup", "own.transfer", asks={"q=44": "200"}),
    deed("transfers:own-take-back", "own.transfer", a_transfer),
    # Nothing is asked of who was of age all along.
    deed("transfers:own-agree", "own.transfer", a_transfer, post="refused"),
    deed("transfers:guardian-link", "volunteers.transfer", a_transfer),
    deed("transfers:own-guardian-link", "own.transfer"),
    # Registered twice
    page("duplicates:pair-list", "volunteers.merge"),
    deed(
        "duplicates:pair-dismiss",
        "volunteers.merge",
        lambda walked, things: {"pair_id": walked.world.key(DuplicatePair, things.place)},
        data=says(reason="两个人"),
    ),
    page("duplicates:merge-list", "volunteers.merge"),
    page("duplicates:merge-choose", "volunteers.merge", a_volunteer),
    form("duplicates:merge-compare", "volunteers.merge", a_pair, data=says(reason="同一人")),
    # Another merge than the one in the table's places would be undone: this one never was.
    deed(
        "duplicates:merge-undo",
        "volunteers.merge",
        a_merge,
        post=REFUSED,
        data=says(reason="不是同一人"),
    ),
    page("duplicates:clash-list", "volunteers.transfers.view"),
    form(
        "duplicates:clash-create",
        "volunteers.register",
        data=with_committee(name="某人", number=identity_number(905), reason="来登记"),
    ),
    deed("duplicates:clash-answer", "volunteers.transfer", a_notice, data=says(outcome="visitor")),
    deed("duplicates:clash-take-back", "volunteers.transfer", a_clash),
    page("duplicates:own-clashes", "own.transfer"),
    deed("duplicates:own-clash-answer", "own.transfer", a_notice, data=says(outcome="mistake")),
    # Skills and times
    page(
        "registry:volunteer-find",
        "volunteers.view",
        asks={"on=2026-11-28": "200", "place={own}": "200", "place={foreign}": "404"},
    ),
    form("registry:volunteer-abilities", "volunteers.edit", a_volunteer),
    form("own:abilities-edit", "own.edit"),
    form(
        "emergencies:own-contact",
        "own.edit",
        data=says(name="急人", relation="friend", phone="13800000000"),
    ),
    deed("emergencies:own-contact-drop", "own.edit"),
    form(
        "vocabulary:term-list",
        "vocabulary.manage",
        data=says(kind="skill", name="新词"),
        except_for=_BELOW_PROVINCE,
    ),
    deed(
        "vocabulary:term-change",
        "vocabulary.manage",
        a_term,
        data=says(change="retire"),
        elsewhere="302",
        except_for=_BELOW_PROVINCE,
    ),
    # Access to full data
    page("disclosure:disclosure-list", "volunteers.reveals.view", asks={"state=asked": "200"}),
    form(
        "disclosure:disclosure-person",
        "volunteers.reveal",
        a_minor,
        data=says(reason="办理保险", hours=8),
    ),
    form(
        "disclosure:disclosure-of-list",
        "volunteers.reveal",
        data=says(reason="核对", hours="8"),
        asks={"q=觅": "200", "committee={foreign}": "404"},
    ),
    form(
        "disclosure:disclosure-sheet",
        "volunteers.reveal",
        a_sheet_with_minor,
        data=says(reason="办理保险", hours=8),
    ),
    page("disclosure:disclosure-detail", "volunteers.reveals.view", a_disclosure),
    deed(
        "disclosure:disclosure-answer",
        "volunteers.reveal.approve",
        a_disclosure,
        data=says(answer="approve"),
    ),
    deed("disclosure:disclosure-look", "volunteers.reveal", a_disclosure, post=REFUSED),
    deed(
        "disclosure:disclosure-end",
        "volunteers.reveal",
        a_disclosure,
        except_for={
            (name, "POST"): (REFUSED, "only who asked or a secretary ends it")
            for name in ("province", "city-4418", "township-440606103")
        },
    ),
    # A volunteer's own pages
    page("own:home", "own.view"),
    page("own:profile", "own.view"),
    form("feeds:own-feed", "own.signup", data=says(verb="renew"), post="200"),
    page("own:record-detail", "own.view", a_record),
    page("signups:call-list", "own.signup", asks={"kind=environment": "200", "after=1.1": "200"}),
    page("signups:call-detail", "own.signup", a_call_with_signup),
    # What a code says is not secret: without a place in the shift nothing can be done with it.
    Judged(
        name="checkins:checkin-create",
        action="own.signup",
        get="200",
        post="200",
        names=a_door_code,
        elsewhere="200",
    ),
    page("checkins:code-list", "own.signup"),
    form("feedback:own-feedback", "own.signup", a_signup, data=says(grade="good"), post="422"),
    page("teams:team-detail", "activities.view", an_organization),
    deed("teams:member-add", "activities.write", an_organization, data=a_number_entered),
    form("teams:member-change", "activities.write", a_team_member, data=says(role="deputy")),
    form("teams:member-end", "activities.write", a_team_member, data=says(reason="搬走了")),
    page("teams:own-teams", "own.view"),
    # A leader's
    page("leading:home", "led.view"),
    page("leading:member-list", "led.view"),
    page("leading:shift-detail", "led.view", a_door),
    deed("leading:signup-create", "led.signup", a_shift_to_lead, data=a_member_to_lead),
    deed("teams:own-leave", "own.edit", a_team_member),
    page("notices:own-notices", "own.signup"),
    page("notices:own-notice", "own.signup", a_message),
    deed("signups:signup-create", "own.signup", a_shift_to_come),
    deed("signups:family-signup-create", "own.signup", a_shift_to_come, data=says(who="volunteer")),
    deed("signups:signup-withdraw", "own.signup", a_signup),
    deed("signups:signup-answer", "own.signup", a_signup, data=says(answer="take")),
    deed("own:correction-create", "corrections.ask", a_waiting, data=says(message="不是我")),
    page("privacy:value-show", "own.view", says(field="phone"), get="302", elsewhere="302"),
    page("privacy:look-list", "own.view"),
    form("privacy:correction-create", "own.view", data=says(message="姓名有误")),
    page("privacy:copy-create", "own.view", get="302", post="302"),
    page("privacy:copy-file", "own.view", a_copy, get="302", elsewhere="302"),
    deed("guardians:own-link-create", "own.view"),
    page("certificates:own-list", "own.certify"),
    form(
        "certificates:own-create",
        "own.certify",
        data=says(first_on="2020-01-01", last_on="2027-12-31", nonce=str(UUID(int=11))),
    ),
    page("certificates:own-detail", "own.certify", a_certificate),
    page("certificates:own-pdf", "own.certify", a_certificate),
    # The maker's waits for the seal already.
    deed("certificates:own-seal", "own.certify", a_certificate, post=REFUSED),
    deed("certificates:own-withdraw", "own.certify", a_certificate, data=says(reason="写错了")),
    # A committee's certificates
    page("certificates:certificate-list", "certificates.view", asks={"all=1": "200"}),
    page("certificates:certificate-pdf", "certificates.view", a_certificate),
    form(
        "certificates:batch-create",
        "certificates.issue",
        data=with_committee(
            step="do", first_on="2020-01-01", last_on="2027-12-31", nonce=str(UUID(int=12))
        ),
        foreign="404",
        asks={"q=觅": "200", "committee={foreign}": "404"},
    ),
    page("certificates:batch-detail", "certificates.view", a_batch),
    page("certificates:batch-pdf", "certificates.view", a_batch),
    deed(
        "certificates:certificate-seal",
        "certificates.seal",
        a_certificate,
        data=says(answer="apply"),
    ),
    deed(
        "certificates:certificate-withdraw",
        "certificates.issue",
        a_certificate,
        data=says(reason="发错了"),
    ),
    # What people ask about their own data
    page("claims:claim-list", "privacy.view"),
    page("privacy:request-list", "privacy.view", asks={"all=1": "200"}),
    deed("privacy:request-answer", "privacy.answer", a_privacy_request, data=says(answer="已改正")),
    page("privacy:text-list", "privacy.view"),
    deed(
        "privacy:text-publish",
        "consents.publish",
        data=says(kind="own", title="同意书", body="同意。"),
        except_for={
            (name, "POST"): ("422", "the province alone publishes these texts")
            for name in ("city-4418", "county-441802", "county-440606", "township-440606103")
        },
    ),
    deed("guardians:link-create", "volunteers.edit", a_minor, post="200"),
)
