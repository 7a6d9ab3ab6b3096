"""Every role at every address: what is answered, and that nothing foreign is shown."""

from __future__ import annotations

import pytest

from tests.isolation.walk.addresses import addresses
from tests.isolation.walk.engine import METHODS, REACH, Walker, expected_answer
from tests.isolation.walk.identity import CLOSED, identity_answers
from tests.isolation.walk.judgements import JUDGED
from tests.isolation.walk.things import Walked


@pytest.mark.parametrize("username", REACH)
def test_everybody_is_answered_as_the_table_says(walked: Walked, username: str) -> None:
    known = {address.name: address for address in addresses()}
    walker = Walker(walked, username)
    for judged in JUDGED:
        walker.walk(judged, known[judged.name])
    assert not walker.findings, "\n" + "\n".join(walker.findings)


def test_every_address_is_judged() -> None:
    judged = [judged.name for judged in JUDGED] + list(identity_answers())
    known = {address.name for address in addresses()}
    assert known - set(judged) == set(), "add a line to walk/judgements.py or walk/identity.py"
    assert set(judged) - known == set(), "an address that is gone"
    assert len(judged) == len(set(judged)), "an address that is judged twice"


def test_every_address_has_a_name() -> None:
    assert [address.route for address in addresses() if not address.name.strip(":")] == []


def test_every_view_declares_its_action() -> None:
    by_library = {name for name in identity_answers() if ":" not in name} - CLOSED
    undeclared = [each.name for each in addresses() if not each.declared]
    assert set(undeclared) == by_library


def test_every_view_declares_the_action_of_the_table() -> None:
    known = {address.name: address for address in addresses()}
    for judged in JUDGED:
        address = known[judged.name]
        declared = {address.action_of(method) for method in ("GET", "POST")} - {""}
        assert judged.action in declared, judged.name
        assert declared <= {judged.action, judged.needs}, judged.name


def test_every_address_succeeds_for_somebody(walked: Walked) -> None:
    """The walk holds each cell to its answer; so each method must be answered well somewhere."""
    known = {address.name: address for address in addresses()}
    failing = []
    for judged in JUDGED:
        for method, answer in (("GET", judged.get), ("POST", judged.post)):
            answers = {
                expected_answer(walked, judged, known[judged.name], username, method, own=True)
                for username in REACH
            }
            succeeds = answer[:1] in {"2", "3"} and answer in answers
            also = method == "GET" and any(each[0] == "2" for each in judged.asks.values())
            if answer and not (succeeds or also):
                failing.append(f"{method} {judged.name}")
    # A look needs an access that is open to who asks: tests/volunteers/disclosure has one. Who has
    # come of age agrees, and a sending-back is taken back, in tests/volunteers/transfers and hours.
    # What the walk calls for is a draft or still to come: tests/volunteers/activities reviews and
    # cancels one, tests/volunteers/attendance calls the roll and settles, tests/volunteers/checkins
    # scans at the door, tests/volunteers/emergencies asks whom to call while a shift runs.
    # What is certified waits for its seal: tests/volunteers/certificates requests one.
    never = [
        "POST ledger:organization-unstandard",
        "POST rules:rule-list",
        "POST transfers:own-agree",
        "POST duplicates:merge-undo",
        "POST disclosure:disclosure-look",
        "POST feedback:own-feedback",
        "POST certificates:own-seal",
        "POST activities:activity-approve",
        "POST activities:activity-return",
        "POST activities:activity-cancel",
        "POST projects:project-reopen",
        "POST stations:station-reopen",
        "POST signups:signup-substitute",
        "POST emergencies:contact-show",
        "POST checkins:door-scan",
        "POST checkins:device-list",
        "POST feedback:volunteer-feedback",
        "POST attendance:roll-mark-all",
        "POST attendance:attendance-mark",
        "POST attendance:activity-settle",
        "POST hours:return-undo",
        "POST alliance:merchant-resume",
        "POST sessions:result-write",
    ]
    assert failing == never, "no success was ever tried"


def test_exceptions_have_reasons() -> None:
    reasons = [reason for judged in JUDGED for _answer, reason in judged.except_for.values()]
    assert all(len(reason.split()) > 3 for reason in reasons)


def test_methods_are_all_that_browsers_and_programs_send() -> None:
    assert METHODS == ("GET", "POST", "PUT", "PATCH", "DELETE")
