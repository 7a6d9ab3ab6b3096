"""What proves a draft's hours: pictures beside it, or a note that names the paper."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from organizations.accounts.actors import Actor
from volunteers.desk.models import Draft, DraftState
from volunteers.evidence.domain import Holder, holder_kind
from volunteers.evidence.models import EvidenceFile
from volunteers.hours.domain import confirmed_stand_on
from volunteers.hours.domain.texts import evidence_given

__all__ = ["evidence_of", "holder_of_draft"]

# A draft that was set aside can be taken up again for so long, with its pictures.
_SET_ASIDE_KEPT = timedelta(days=30)


def evidence_of(draft: Draft) -> str:
    """The note, which may be empty where there are files. Raises `Refusal` without either."""
    if not draft.evidence.strip() and EvidenceFile.objects.of_bundle(draft.bundle).exists():
        return ""
    return evidence_given(draft.evidence)


def _kept(bundles: set[UUID]) -> set[UUID]:
    lately = Q(changed_at__gte=timezone.now() - _SET_ASIDE_KEPT)
    drafts = Draft.objects.filter(pk__in=bundles)
    return set(drafts.filter(~Q(state=DraftState.DISCARDED) | lately).values_list("pk", flat=True))


@holder_kind("draft", holds=_kept)
def _draft(key: str, _actor: Actor) -> Holder | None:
    """A draft, by its id: pictures are added while it is open."""
    try:
        pk = UUID(key)
    except ValueError:
        return None
    draft = Draft.objects.select_related("sheet").filter(pk=pk).first()
    return None if draft is None else holder_of_draft(draft)


def holder_of_draft(draft: Draft) -> Holder:
    """What the draft's pictures hang on: its own bundle, or that of the sheet that it mends."""
    return Holder(
        bundle=draft.bundle,
        committee_id=draft.committee_id,
        closed=draft.state != DraftState.OPEN,
        removable=draft.sheet is None or not confirmed_stand_on(draft.bundle),
    )
