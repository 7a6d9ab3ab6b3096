"""Messages go out once and are forgotten; codes bear few guesses and name nobody."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from core.messages import codes
from core.messages.backends import MessageNotSent, NoBackend, Outgoing, WebhookBackend
from core.messages.codes import Asked, ask_code, redeem_code
from core.messages.models import MessageState, OneTimeCode, OutgoingMessage
from core.messages.sending import deliver_messages, discard_old_messages, send_message
from core.tenancy.scope import Scope, acting_as
from core.web.refusals import Refusal
from tests.database import as_owner
from tests.phones import last_code

PHONE = "19900001234"
MESSAGE = Outgoing("m-1", "test", PHONE, "你好")
JOB = Scope.for_job("test")

pytestmark = pytest.mark.django_db


def ask(subject: str = "somebody", *, known: bool = True, address: str = "10.0.0.1") -> OneTimeCode:
    with acting_as(JOB):
        return ask_code(
            Asked(
                purpose="test",
                subject=subject,
                address=address,
                text="code {code}",
                target=7 if known else None,
                phone=PHONE if known else None,
            )
        )


def redeem(code: OneTimeCode, digits: str) -> OneTimeCode | None:
    with acting_as(JOB):
        return redeem_code(code.pk, digits, purpose="test")


@pytest.fixture
def to_files(settings: Settings, tmp_path: Path) -> Path:
    settings.MESSAGE_BACKEND = "core.messages.backends.FileBackend"
    settings.VAR_DIR = tmp_path
    return tmp_path / "messages"


def test_message_goes_out_once_and_its_content_is_forgotten(to_files: Path) -> None:
    with acting_as(JOB):
        message = send_message(kind="test", phone=PHONE, text="你好")
    assert deliver_messages() == 1
    assert deliver_messages() == 0
    (file,) = to_files.iterdir()
    assert f"{PHONE}\t你好" in file.read_text(encoding="utf-8")
    with as_owner():
        message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert (message.phone_sealed, message.text_sealed) == (None, None)
    assert message.phone_mask == "199****1234"


def test_message_that_cannot_leave_is_tried_again_and_given_up(settings: Settings) -> None:
    settings.MESSAGE_BACKEND = "core.messages.backends.NoBackend"
    with acting_as(JOB):
        message = send_message(kind="test", phone=PHONE, text="你好")
    with time_machine.travel(timezone.now(), tick=False), as_owner():
        assert OutgoingMessage.objects.get().state == MessageState.WAITING
    for _turn in range(4):
        deliver_messages()
        with as_owner():
            OutgoingMessage.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    with as_owner():
        message.refresh_from_db()
    assert (message.state, message.attempts, message.phone_sealed) == ("failed", 4, None)


def test_message_of_a_sender_that_died_is_sent_by_the_next(to_files: Path) -> None:
    with acting_as(JOB):
        send_message(kind="test", phone=PHONE, text="你好")
    with as_owner():
        OutgoingMessage.objects.update(
            state=MessageState.SENDING, due_at=timezone.now() - timedelta(seconds=1)
        )
    assert deliver_messages() == 1


def test_web_hook_gets_the_message_with_a_signature(settings: Settings) -> None:
    with gateway(204) as (address, taken):
        settings.MESSAGE_WEBHOOK_URL, settings.MESSAGE_WEBHOOK_SECRET = address, "shared"
        WebhookBackend().send(MESSAGE)
    ((body, signature),) = taken
    assert json.loads(body) == {"id": "m-1", "kind": "test", "phone": PHONE, "text": "你好"}
    assert signature == hmac.digest(b"shared", body, "sha256").hex()


def test_web_hook_that_refuses_says_so_without_the_number(settings: Settings) -> None:
    with gateway(500) as (address, _taken):
        settings.MESSAGE_WEBHOOK_URL, settings.MESSAGE_WEBHOOK_SECRET = address, "shared"
        with pytest.raises(MessageNotSent) as refused:
            WebhookBackend().send(MESSAGE)
    assert PHONE not in str(refused.value)
    with pytest.raises(MessageNotSent):
        NoBackend().send(MESSAGE)


def test_code_opens_once_and_only_with_its_digits() -> None:
    code = ask()
    digits = last_code(PHONE)
    wrong = f"{(int(digits) + 1) % 1_000_000:06d}"
    assert redeem(code, wrong) is None
    assert redeem(code, digits) is not None
    assert redeem(code, digits) is None


def test_code_is_no_good_after_five_wrong_guesses_or_ten_minutes() -> None:
    code, digits = ask(), last_code(PHONE)
    for _guess in range(5):
        assert redeem(code, "x") is None
    assert redeem(code, digits) is None
    code, digits = ask(), last_code(PHONE)
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1), tick=False):
        assert redeem(code, digits) is None


def test_code_is_bound_to_what_it_was_asked_for() -> None:
    code, digits = ask(), last_code(PHONE)
    with acting_as(JOB):
        assert redeem_code(code.pk, digits, purpose="other") is None


def test_unknown_person_costs_the_same_rows_and_no_code_opens() -> None:
    known, unknown = ask("known"), ask("unknown", known=False)
    with as_owner():
        messages = {row.state for row in OutgoingMessage.objects.all()}
        sizes = {len(bytes(row.text_sealed or b"")) for row in OutgoingMessage.objects.all()}
    assert messages == {"waiting", "withheld"}
    assert len(sizes) == 1
    assert len(bytes(known.digest)) == len(bytes(unknown.digest))
    with as_owner():
        OneTimeCode.objects.filter(pk=unknown.pk).update(digest=codes._digest(unknown.pk, "123456"))
    assert redeem(unknown, "123456") is None


@pytest.mark.parametrize("known", [True, False])
def test_asking_for_one_person_ends_after_five_in_an_hour(known: bool) -> None:
    for _turn in range(5):
        ask(known=known)
    with pytest.raises(Refusal) as refused:
        ask(known=known)
    assert refused.value.code == "too_many_codes"
    ask("another", known=known)
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1), tick=False):
        ask(known=known)


def test_asking_from_one_address_ends_whoever_is_asked_for() -> None:
    for number in range(30):
        ask(f"person {number}", known=False)
    with pytest.raises(Refusal, match=r".+"):
        ask("one more", known=False)
    ask("one more", known=False, address="10.0.0.2")


def test_telephone_that_was_written_to_enough_is_left_in_peace_without_a_word() -> None:
    for number in range(6):
        ask(f"name {number}", address=f"10.0.0.{number}")
    with as_owner():
        assert OutgoingMessage.objects.filter(state="waiting").count() == 5
        assert OutgoingMessage.objects.filter(state="withheld").count() == 1


def test_old_messages_and_codes_are_discarded() -> None:
    ask()
    with as_owner():
        OneTimeCode.objects.update(created_at=timezone.now() - timedelta(days=3))
        OutgoingMessage.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert discard_old_messages() == 2


@contextmanager
def gateway(status: int) -> Iterator[tuple[str, list[tuple[bytes, str]]]]:
    """A gateway that answers everything with ``status``, and what it was sent."""
    taken: list[tuple[bytes, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            taken.append((self.rfile.read(length), self.headers["X-Portal-Signature"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", taken
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
