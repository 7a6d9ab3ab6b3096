"""The hour grid: the page, and what its script sends and asks."""

from __future__ import annotations

from base64 import b64encode
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee
from organizations.ledger.models import Organization
from volunteers.desk.domain import (
    holder_of_draft,
    paste_rows,
    recheck_draft,
    save_rows,
    submit_rows,
)
from volunteers.desk.forms import keys_from, paste_from, save_from, since_from
from volunteers.desk.models import Draft, DraftState
from volunteers.desk.summary.activities import recent_activities
from volunteers.desk.summary.changes import changes_of, person_shown, rows_shown
from volunteers.desk.summary.dueness import due_of
from volunteers.desk.summary.people import find_people
from volunteers.desk.views.answers import answers_json
from volunteers.evidence.summary import evidence_pane
from volunteers.hours.models import ServiceKind

__all__ = [
    "find_people_for_row",
    "paste_into_draft",
    "save_draft_rows",
    "show_changes",
    "show_draft",
    "submit_draft",
]

MOST_FOUND = 8


@acts("hours.record")
@require_safe
def show_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The grid of a draft; an open one is checked anew, since hours were recorded meanwhile."""
    actor, draft = actor_of(request), _draft(draft_id)
    if draft.state == DraftState.OPEN:
        draft = recheck_draft(draft, actor=actor)
    data = changes_of(draft, since=0, reader=actor.label) | _setting(draft, actor)
    holder = holder_of_draft(draft)
    pane = evidence_pane(
        "draft",
        draft.pk,
        bundle=holder.bundle,
        actor=actor,
        closed=holder.closed,
        removable=holder.removable,
    )
    due = due_of([draft], path=draft.committee_id) if draft.state == DraftState.OPEN else {}
    context = {
        "draft": draft,
        "data": data,
        "actor": actor,
        "pane": pane,
        "due": due.get(draft.pk),
    }
    return render(request, "volunteers/desk/draft_detail.html", context)


@acts("hours.record")
@require_POST
@answers_json
def save_draft_rows(request: HttpRequest, draft_id: UUID) -> dict[str, Any]:
    """Keeps what was typed; the answer holds what changed, conflicts included."""
    actor, sent = actor_of(request), save_from(request.body)
    saved = save_rows(
        _draft(draft_id), actor=actor, window=sent.window, rows=sent.rows, common=sent.common
    )
    changes = changes_of(
        saved.draft,
        since=sent.since,
        reader=actor.label,
        window=sent.window,
        conflicts=saved.conflicts,
    )
    return changes | {"common_conflict": saved.common_conflict}


@acts("hours.record")
@require_safe
@answers_json
def show_changes(request: HttpRequest, draft_id: UUID) -> dict[str, Any]:
    """What changed since a revision."""
    since = since_from(request.GET.get("since", ""))
    return changes_of(_draft(draft_id), since=since, reader=actor_of(request).label)


@acts("hours.record")
@require_POST
@answers_json
def paste_into_draft(request: HttpRequest, draft_id: UUID) -> dict[str, Any]:
    """Makes rows of a pasted text; the other lines come back."""
    actor, sent = actor_of(request), paste_from(request.body)
    pasting = paste_rows(
        _draft(draft_id),
        actor=actor,
        window=sent.window,
        text=sent.text,
        after=sent.after,
        key=sent.key,
    )
    changes = changes_of(pasting.draft, since=sent.since, reader=actor.label, window=sent.window)
    return changes | {
        "made": [str(key) for key in pasting.keys],
        "unread": list(pasting.unread),
        "left_out": list(pasting.left_out),
    }


@acts("hours.record")
@require_POST
@answers_json
def submit_draft(request: HttpRequest, draft_id: UUID) -> dict[str, Any]:
    """Hands the right rows to a second person; the rest stays, each with its sentence."""
    actor = actor_of(request)
    keys, since = keys_from(request.body)
    done = submit_rows(_draft(draft_id), actor=actor, keys=keys)
    return {
        "submitted": done.submitted,
        "minutes": done.minutes,
        "refused": rows_shown(done.draft, done.refused),
        "sheet": reverse("hours:sheet-detail", args=[done.sheet.pk]) if done.sheet else "",
        "changes": changes_of(done.draft, since=since, reader=actor.label),
    }


@acts("hours.record")
@require_safe
def find_people_for_row(request: HttpRequest) -> JsonResponse:
    """Whom the letters in a cell may mean, of those whom the draft's committee answers for."""
    own, activity = actor_of(request).committee, ""
    if key := _key(request.GET.get("draft", "")):
        draft = _draft(key)
        own, activity = Committee.objects.get(pk=draft.committee_id), draft.activity
    if own is None:
        return JsonResponse({"people": [], "more": False})
    words = request.GET.get("q", "")[:100]
    people, more = find_people(words, below=own, activity=activity, limit=MOST_FOUND)
    return JsonResponse({"people": [person_shown(each) for each in people], "more": more})


def _draft(key: UUID) -> Draft:
    return get_object_or_404(Draft, pk=key)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _setting(draft: Draft, actor: Actor) -> dict[str, Any]:
    """What the page needs besides the rows."""
    user = str(actor.scope.user)
    secret = salted_hmac("desk.mirror", f"{user}:{draft.pk}", algorithm="sha256").digest()
    # The policies leave those at or below the committee that one acts for.
    organizations = Organization.objects.order_by("name").values("id", "name")
    return {
        "user": user,
        "mends": draft.sheet_id is not None,
        "mirror_key": b64encode(secret).decode(),
        "kinds": [("", _("as the activity says")), *_kinds()],
        "today": timezone.localdate().isoformat(),
        "activities": recent_activities(draft.committee_id),
        "organizations": list(organizations[:200]),
        "urls": _addresses(draft),
    }


def _kinds() -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in ServiceKind.choices]


def _addresses(draft: Draft) -> dict[str, str]:
    names = ("rows", "changes", "paste", "submit", "discard", "restore", "keep")
    own = {name: reverse(f"desk:draft-{name}", args=[draft.pk]) for name in names}
    people = f"{reverse('desk:people')}?draft={draft.pk}"
    return {**own, "people": people, "list": reverse("desk:draft-list")}
