"""Links by which a guardian is asked something, and the code that proves the guardian.

Whoever has the link may read what is asked; only a code to the guardian's telephone decides.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from core.messages.codes import Asked, ask_code, redeem_code
from core.messages.models import OneTimeCode
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.scopes import token_digest
from organizations.committees.models import Committee
from volunteers.guardians.models import GuardianLink, LinkUse
from volunteers.privacy.domain.persons import phone_of
from volunteers.registry.models import Volunteer, VolunteerState

__all__ = [
    "Gone",
    "ask_guardian_code",
    "guardian_code",
    "link_behind",
    "make_link",
    "minor_of",
    "opened_link",
    "use_up",
    "why_gone",
]

PURPOSE = "guardian"


@dataclass(frozen=True, slots=True)
class Gone:
    """Why a link opens nothing: used, of_age, expired (or replaced) or settled; who can help."""

    why: str
    at: datetime | None
    committee: Committee


_LASTS = {
    LinkUse.GIVE: timedelta(days=7),
    LinkUse.WITHDRAW: timedelta(days=365),
    LinkUse.TRANSFER: timedelta(days=7),
}


def make_link(
    volunteer: Volunteer, use: LinkUse, *, actor: Actor | None = None, about: int | None = None
) -> str:
    """The token of a new link; earlier ones for the same open nothing any more.

    ``about`` is the key of what is asked about, where it is not the consent.
    """
    now = timezone.now()
    same = volunteer.guardian_links.filter(use=use, about=about, used_at__isnull=True)
    same.filter(expires_at__gt=now).update(expires_at=now)
    token = token_urlsafe(32)
    GuardianLink.objects.create(
        volunteer=volunteer,
        committee_id=volunteer.committee_id,
        use=use,
        about=about,
        token_digest=token_digest(token),
        sent_by=actor.user if actor else None,
        sent_by_label=actor.label if actor else "",
        phone_mask=volunteer.guardian_phone_mask,
        expires_at=now + _LASTS[use],
    )
    return token


def link_behind(token: str, uses: Collection[LinkUse]) -> GuardianLink | None:
    """The link that opens, with its minor; None for one used, outgrown, replaced or out of date."""
    link = (
        GuardianLink.objects.select_related("volunteer__committee", "volunteer__merged_into")
        .filter(token_digest=token_digest(token), use__in=uses, used_at__isnull=True)
        .filter(expires_at__gt=timezone.now())
        .first()
    )
    if link is None:
        return None
    minor = link.volunteer.merged_into or link.volunteer
    return link if minor.is_minor and minor.state != VolunteerState.ERASED else None


def why_gone(token: str) -> Gone | None:
    """What became of a link that opens nothing; None for one that never was."""
    link = (
        GuardianLink.objects.select_related("volunteer__committee", "volunteer__merged_into")
        .filter(token_digest=token_digest(token))
        .first()
    )
    if link is None:
        return None
    minor = link.volunteer.merged_into or link.volunteer
    if link.used_at is not None:
        why, at = "used", link.used_at
    elif not minor.is_minor:
        why, at = "of_age", None
    elif link.expires_at <= timezone.now():
        why, at = "expired", link.expires_at
    else:
        why, at = "settled", None
    return Gone(why, at, minor.committee)


def minor_of(link: GuardianLink) -> int:
    """The key of the entry that the link is about: of one that was merged, the one that stays.

    The code still goes to the telephone of the guardian who was sent the link.
    """
    return link.volunteer.merged_into_id or link.volunteer_id


def opened_link(token: str, use: LinkUse) -> GuardianLink:
    """The link, locked. Raises `Refusal` for one that opens nothing."""
    link = link_behind(token, [use])
    locked = (
        link
        and GuardianLink.objects.select_for_update()
        .filter(pk=link.pk, used_at__isnull=True)
        .first()
    )
    if not locked:
        said = _(
            "This link is used or out of date. Ask the volunteer or the committee for a new one."
        )
        raise Refusal(said, code="not_open")
    return locked


def ask_guardian_code(link: GuardianLink, *, address: str) -> UUID:
    """Sends the guardian on record a code; its key. Raises `Refusal` when asked too often."""
    phone = phone_of(link.volunteer_id, guardian=True)
    code = ask_code(
        Asked(
            purpose=PURPOSE,
            subject=str(link.volunteer_id),
            address=address,
            text=_(
                "{code} is your code as a guardian on the volunteer portal. It holds 10 minutes."
            ),
            target=link.volunteer_id,
            phone=phone,
        )
    )
    return code.pk


def guardian_code(link: GuardianLink, code_id: UUID | None, digits: str) -> OneTimeCode | None:
    """The right code for the link's minor, used up; None for a wrong one, which counts as a try."""
    code = redeem_code(code_id, digits, purpose=PURPOSE)
    return code if code is not None and code.target == link.volunteer_id else None


def use_up(link: GuardianLink) -> None:
    """The link opens nothing any more."""
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
