"""Drafts as a whole: begun, set aside and taken up again, kept as templates."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from volunteers.desk.models import Draft, DraftState
from volunteers.hours.models import HoursSheet

__all__ = [
    "begin_draft",
    "discard_draft",
    "lock_draft",
    "rename_template",
    "restore_draft",
    "touch",
]


@transaction.atomic
def begin_draft(*, actor: Actor, title: str = "", sheet: HoursSheet | None = None) -> Draft:
    """An empty draft of the actor's committee, or of the one that keeps the ``sheet`` it mends."""
    actor.must("hours.record")
    return Draft.objects.create(
        committee_id=actor.scope.committee if sheet is None else sheet.committee_id,
        sheet=sheet,
        title=title,
        created_by=actor.user,
        created_by_label=actor.label,
        changed_by_label=actor.label,
        changed_at=timezone.now(),
    )


@transaction.atomic
def discard_draft(draft: Draft, *, actor: Actor) -> Draft:
    """Sets a draft or a template aside; nothing is lost. Raises `Refusal` for a submitted one."""
    actor.must("hours.record")
    locked = lock_draft(draft.pk, DraftState.OPEN, DraftState.TEMPLATE, DraftState.DISCARDED)
    if locked.state != DraftState.DISCARDED:
        locked.kept_as_template = locked.state == DraftState.TEMPLATE
        locked.state = DraftState.DISCARDED
        touch(locked, actor=actor)
        locked.save()
    return locked


@transaction.atomic
def restore_draft(draft: Draft, *, actor: Actor) -> Draft:
    """Takes up again what was set aside.

    Raises `Refusal` for a submitted one, and where its sheet is being mended in another draft.
    """
    actor.must("hours.record")
    locked = lock_draft(draft.pk, DraftState.OPEN, DraftState.TEMPLATE, DraftState.DISCARDED)
    if locked.state == DraftState.DISCARDED:
        template = locked.kept_as_template
        locked.state = DraftState.TEMPLATE if template else DraftState.OPEN
        _must_be_the_only_one(locked)
        touch(locked, actor=actor)
        locked.save()
    return locked


def _must_be_the_only_one(draft: Draft) -> None:
    if draft.sheet_id is None:
        return
    # As who takes the sheet up: one after the other.
    HoursSheet.objects.locked().get(pk=draft.sheet_id)
    if Draft.objects.open().filter(sheet=draft.sheet_id).exists():
        message = _("The sheet is being mended in another draft. Go on with that one.")
        raise Refusal(message, code="sheet_taken_up")


@transaction.atomic
def rename_template(draft: Draft, *, actor: Actor, name: str) -> Draft:
    """Gives a template another name. Raises `Refusal` for an empty one."""
    actor.must("hours.record")
    locked = lock_draft(draft.pk, DraftState.TEMPLATE)
    locked.title = name_given(name)
    touch(locked, actor=actor)
    locked.save()
    return locked


def name_given(name: str) -> str:
    """A template's name. Raises `Refusal` when it is missing or too long."""
    missing = _("Give the template a name, such as “river patrol on Saturdays”.")
    most = Draft._meta.get_field("title").max_length
    return text_given(name, field="name", most=most, missing=missing)


def lock_draft(key: UUID, *states: DraftState) -> Draft:
    """The draft, locked until the transaction ends. Raises `Refusal` outside of ``states``."""
    draft = Draft.objects.select_for_update().get(pk=key)
    if draft.state not in states:
        sentences = {
            DraftState.SUBMITTED: _("This draft has been submitted; nothing is changed any more."),
            DraftState.DISCARDED: _("This draft has been set aside. Take it up again first."),
            DraftState.TEMPLATE: _("This is a template. Begin a draft with it."),
            DraftState.OPEN: _("This is a draft, no template."),
        }
        raise Refusal(sentences[DraftState(draft.state)], code=f"draft_{draft.state}")
    return draft


def touch(draft: Draft, *, actor: Actor) -> int:
    """Counts a change of the locked draft and says whose; the new revision. Saves nothing."""
    draft.revision += 1
    if actor.user is not None and actor.user.pk not in draft.hands:
        draft.hands.append(actor.user.pk)
    draft.changed_by_label = actor.label
    draft.changed_at = timezone.now()
    return draft.revision
