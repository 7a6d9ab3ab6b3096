"""The ways out: a file beside the data, a gateway behind a web hook, or none.

``MESSAGE_BACKEND`` names one of these classes, or one of a deployment's own with the same `send`.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

__all__ = [
    "FileBackend",
    "MessageBackend",
    "MessageNotSent",
    "NoBackend",
    "Outgoing",
    "WebhookBackend",
    "message_backend",
    "messages_can_be_sent",
]

_TIMEOUT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as a backend gets it; the same id may come twice, and is to be sent once."""

    id: str
    kind: str
    phone: str
    text: str


class MessageNotSent(Exception):
    """The message did not go out; its words are kept beside it and name no person."""


class MessageBackend(Protocol):
    """A way out for messages."""

    def send(self, message: Outgoing, /) -> None:
        """Hands one message over. Raises `MessageNotSent`."""


class FileBackend:
    """Appends to ``VAR_DIR/messages/DAY.txt``: for a workplace and the demonstration."""

    def send(self, message: Outgoing, /) -> None:
        """See `MessageBackend.send`."""
        now = timezone.localtime()
        folder = Path(settings.VAR_DIR) / "messages"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{now:%Y-%m-%d}.txt"
        path.touch(mode=0o600)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{now:%H:%M:%S}\t{message.kind}\t{message.phone}\t{message.text}\n")


class WebhookBackend:
    """POSTs ``{"id", "kind", "phone", "text"}`` as JSON to ``MESSAGE_WEBHOOK_URL``.

    ``X-Portal-Signature`` is the HMAC-SHA-256 of the body in hexadecimal under
    ``MESSAGE_WEBHOOK_SECRET``; any answer of 2xx means that the message was taken.
    """

    def send(self, message: Outgoing, /) -> None:
        """See `MessageBackend.send`."""
        body = json.dumps(asdict(message), ensure_ascii=False).encode()
        secret: str = settings.MESSAGE_WEBHOOK_SECRET
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "X-Portal-Signature": hmac.digest(secret.encode(), body, "sha256").hex(),
        }
        address: str = settings.MESSAGE_WEBHOOK_URL
        if not address.startswith(("https://", "http://")):
            said = "MESSAGE_WEBHOOK_URL is no web address."
            raise MessageNotSent(said)
        request = Request(address, data=body, headers=headers, method="POST")  # noqa: S310
        try:
            with urlopen(request, timeout=_TIMEOUT_SECONDS):  # noqa: S310
                pass
        except HTTPError as error:
            error.close()
            # Without the words of the gateway, which may repeat the number.
            raise MessageNotSent(f"HTTP {error.code}") from None
        except (URLError, OSError) as error:
            raise MessageNotSent(type(error).__name__) from error


class NoBackend:
    """Where no gateway is configured: nothing goes out, and pages say so beforehand."""

    def send(self, _message: Outgoing, /) -> None:
        """Raises `MessageNotSent`."""
        said = "No way to send messages is configured."
        raise MessageNotSent(said)


def message_backend() -> MessageBackend:
    """The backend of the settings."""
    backend: MessageBackend = import_string(settings.MESSAGE_BACKEND)()
    return backend


def messages_can_be_sent() -> bool:
    """Whether a code that is asked for now can reach anybody."""
    return not isinstance(message_backend(), NoBackend)
