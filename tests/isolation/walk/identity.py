"""Addresses for everybody: logging in, second factors, links, public calls, health, language.

Their views are a library's, or say themselves why they are public. Each line: what a visitor and
what a member is answered, first to GET, then to POST with nothing filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from core.tenancy.scope import acting_as
from organizations.accounts.domain import password_link
from tests.isolation.places import Place
from tests.isolation.walk.things import Walked
from volunteers.activities.models import Activity

__all__ = ["CLOSED", "NAMES_OF_IDENTITY", "identity_answers"]

# Pages of the library whose place a view of ours has taken.
CLOSED = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "account_signup",
}

IDENTITY = """
                                      visitor GET  member GET  visitor POST  member POST
    account_login                     200          302         200           302
    account_logout                    302          200         302           302
    account_inactive                  200          200         405           405
    account_signup                    200          200         405           405
    account_reauthenticate            login        200         login         200
    account_email                     404          404         404           404
    account_email_verification_sent   404          404         404           404
    account_change_password           login        200         login         200
    account_set_password              404          404         404           404
    account_reset_password            200          200         405           405
    account_confirm_login_code        404          404         404           404
    account_confirm_email             404          404         404           404
    account_reset_password_from_key   404          404         404           404
    account_reset_password_from_key_done  404      404         404           404
    account_reset_password_done       404          404         404           404
    mfa_index                         login        200         login         405
    mfa_authenticate                  login        302         login         302
    mfa_reauthenticate                login        302         login         302
    mfa_activate_totp                 login        302         login         302
    mfa_deactivate_totp               login        404         login         404
    mfa_view_recovery_codes           login        404         login         405
    mfa_generate_recovery_codes       login        302         login         302
    mfa_download_recovery_codes       login        404         login         404
    mfa_list_webauthn                 login        200         login         405
    mfa_add_webauthn                  login        302         login         302
    mfa_reauthenticate_webauthn       login        302         login         302
    mfa_remove_webauthn               login        302         login         302
    mfa_edit_webauthn                 login        302         login         302
    set_language                      302          302         302           302

    accounts:membership-switch        login        405         login         refused
    accounts:invitation-accept        200          200         422           302
    accounts:password-choose          200          200         422           422
    contacts:contact-find             200          200         405           405
    claims:ask                        200          200         422           422
    claims:code                       302          302         302           302
    claims:settle                     302          302         302           302
    privacy:consent                   login        404         login         404
    privacy:erasure                   login        404         login         404
    privacy:number                    login        404         login         404
    privacy:phone                     login        404         login         404
    transfers:guardian-answer         410          410         410           410
    guardians:consent                 410          410         410           410
    guardians:family                  login        200         login         405
    guardians:child-add               login        200         login         422
    guardians:family-open             302          302         302           302
    guardians:tie-end                 login        405         login         refused
    calls:call-list                   200          200         405           405
    calls:call-month                  200          200         405           405
    calls:call-detail                 404          404         405           405
    calls:call-share                  404          404         405           405
    calls:project-detail              404          404         405           405
    calls:station-list                200          200         405           405
    calls:station-detail              404          404         405           405
    feeds:committee-calendar          200          200         405           405
    feeds:project-calendar            404          404         405           405
    feeds:organization-calendar       404          404         405           405
    feeds:own-calendar                404          404         405           405
    health:alive                      200          200         200           200
    health:ready                      503          503         503           503
    health:metrics                    404          404         404           404
    home:start                        login        302         405           405
    certificates:verify               404          404         405           405
    certificates:verify-ask           200          200         405           405
    certificates:verify-key           200          200         405           405
    checkins:offline-worker           200          200         405           405
    checkins:own-worker               200          200         405           405
    checkins:own-manifest             200          200         405           405
    checkins:offline-manifest         200          200         405           405
    cashiers:counter-accept           410          410         410           410
    api:redemption                    405          405         400           400
    api:check-in                      405          405         400           400
    api:schema                        200          200         405           405
    api:docs                          200          200         405           405
"""


def identity_answers() -> Mapping[str, list[str]]:
    """The table by name."""
    _header, *lines = [line.split() for line in IDENTITY.splitlines() if line.strip()]
    return {name: answers for name, *answers in lines}


def _link(walked: Walked) -> dict[str, Any]:
    """A link for a member below, as the county's secretary hands it over."""
    actor = walked.world.cast.county_441802
    with acting_as(actor.scope):
        return {"token": password_link(walked.world.people[Place.MINE].user, actor=actor)}


def _draft(walked: Walked) -> dict[str, Any]:
    """A draft says that everybody may read it, once it is published."""
    return {"activity_id": walked.world.key(Activity, Place.MINE)}


NAMES_OF_IDENTITY: Mapping[str, Callable[[Walked], dict[str, Any]]] = {
    "account_confirm_email": lambda _walked: {"key": "nonsense"},
    "account_reset_password_from_key": lambda _walked: {"uidb36": "1", "key": "nonsense"},
    "mfa_remove_webauthn": lambda _walked: {"pk": 1},
    "mfa_edit_webauthn": lambda _walked: {"pk": 1},
    "accounts:invitation-accept": lambda _walked: {"token": f"invitation-{Place.MINE}"},
    "accounts:password-choose": _link,
    "certificates:verify": lambda _walked: {"code": "nonsense"},
    "cashiers:counter-accept": lambda _walked: {"token": "nonsense"},
    "checkins:offline-manifest": lambda _walked: {"shift_id": 1},
    "transfers:guardian-answer": lambda _walked: {"token": "nonsense"},
    "guardians:consent": lambda _walked: {"token": "nonsense"},
    "calls:call-detail": _draft,
    "calls:call-share": _draft,
    "calls:project-detail": lambda _walked: {"project_id": 2**40},
    "calls:station-detail": lambda _walked: {"station_id": 2**40},
    "feeds:committee-calendar": lambda _walked: {"code": "441802"},
    "feeds:project-calendar": lambda _walked: {"project_id": 2**40},
    "feeds:organization-calendar": lambda _walked: {"organization_id": 2**40},
    "feeds:own-calendar": lambda _walked: {"token": "nonsense"},
    "guardians:tie-end": lambda _walked: {"tie_id": 1},
}
