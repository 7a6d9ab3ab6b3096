"""Changes of single committees by people: opened, closed with a successor, renamed."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.identity.places import place_initials, place_pinyin
from core.tenancy.keys import MAX_TIER
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.domain.members import end_memberships
from organizations.committees.domain.naming import NAME_FIELDS, full_name_below, level_below
from organizations.committees.domain.numbering import ChildNumbers
from organizations.committees.models import Committee, Kind

__all__ = ["close_committee", "open_committee", "rename_committee"]

# Between the parent's code and the number of a committee that GB/T 2260 does not know.
_ISSUED = {Kind.CAMPUS: "C", Kind.ZONE: "Z"}


def open_committee(
    *,
    parent: Committee,
    name: str,
    kind: Kind,
    on: date,
    actor: Actor,
    code: str = "",
) -> Committee:
    """Opens a committee below ``parent`` on the day ``on``.

    A campus or a zone without a ``code`` is issued one: ``4418C01``. A regional committee needs
    its code of GB/T 2260. Raises `Refusal` below a closed committee, at the deepest tier, for a
    code that is taken or a name that a brother has.
    """
    actor.must("committees.manage")
    # Locked, so that two opened at once do not get the same key.
    parent = Committee.objects.select_for_update().get(pk=parent.pk)
    if parent.closed_on is not None:
        raise Refusal(_("This committee has been closed."), code="closed", field="parent")
    if parent.tier >= MAX_TIER:
        raise Refusal(_("Nothing can be opened below this level."), code="too_deep", field="parent")
    brothers = Committee.objects.children_of(parent.path)
    if brothers.existing_on(on).filter(name=name).exists():
        said = _("There is a committee of this name already.")
        raise Refusal(said, code="duplicate_name", field="name")
    code = code or _issued_code(parent, kind)
    if not code or Committee.objects.filter(code=code).exists():
        raise _code_taken()
    numbers = ChildNumbers(brothers.values_list("path", flat=True))
    opened = Committee(
        path=numbers.next_below(parent.path),
        parent=parent,
        code=code,
        name=name,
        full_name=full_name_below(parent, name),
        level=level_below(parent.level),
        kind=kind,
        pinyin=place_pinyin(name),
        initials=place_initials(name),
        opened_on=on,
    )
    try:
        with transaction.atomic():
            opened.save(force_insert=True)
    except IntegrityError as error:
        # The parent is locked, so only the code can be taken: by a committee out of sight.
        raise _code_taken() from error
    return opened


def _code_taken() -> Refusal:
    said = _("Give the division's own code; each code is used once.")
    return Refusal(said, code="duplicate_code", field="code")


def close_committee(
    committee: Committee, *, successor: Committee | None, on: date, actor: Actor
) -> Committee:
    """Closes a committee below the actor's own; from ``on`` it no longer counts.

    Its records stay with it. Memberships end with the day before; its volunteers are moved to
    ``successor`` from that day on, by the clock. Raises `Refusal` for the own committee, one that
    is closed or has open committees below it, and for a successor of another level or not open
    on ``on``.
    """
    actor.must("committees.manage")
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    _check_closable(committee, on=on, actor=actor)
    if successor is not None:
        _check_successor(committee, successor, on=on)
    committee.closed_on = on
    committee.successor = successor
    committee.save(update_fields=["closed_on", "successor"])
    end_memberships(committee, before=on, reason=_("The committee has been closed."))
    return committee


def rename_committee(committee: Committee, *, name: str, actor: Actor) -> Committee:
    """Renames a committee; the full names of those below it follow, keys and codes stay.

    Raises `Refusal` for a closed committee or a name that a brother has.
    """
    actor.must("committees.manage")
    below = {
        each.path: each
        for each in Committee.objects.below(committee.path).select_for_update().order_by("path")
    }
    committee = below.get(committee.path, committee)
    if committee.closed_on is not None:
        raise Refusal(_("This committee has been closed."), code="closed", field="name")
    brothers = Committee.objects.children_of(committee.parent_id or "").filter(closed_on=None)
    if brothers.filter(name=name).exclude(pk=committee.pk).exists():
        said = _("There is a committee of this name already.")
        raise Refusal(said, code="duplicate_name", field="name")
    committee.name = name
    committee.pinyin, committee.initials = place_pinyin(name), place_initials(name)
    for each in below.values():
        parent = below.get(each.parent_id or "", each.parent)
        each.full_name = full_name_below(parent, each.name)
    Committee.objects.bulk_update(below.values(), NAME_FIELDS, batch_size=500)
    return committee


def _issued_code(parent: Committee, kind: Kind) -> str:
    """The first free code of the kind below the parent; empty for regional ones."""
    letter = _ISSUED.get(kind)
    if letter is None:
        return ""
    prefix = f"{parent.code}{letter}"
    taken = set(Committee.objects.filter(code__begins=prefix).values_list("code", flat=True))
    numbers = range(1, len(taken) + 2)
    return next(code for number in numbers if (code := f"{prefix}{number:02d}") not in taken)


def _check_closable(committee: Committee, *, on: date, actor: Actor) -> None:
    if actor.committee is not None and committee.path == actor.committee.path:
        said = _("Only the committee above can close this one.")
        raise Refusal(said, code="own_committee")
    if committee.closed_on is not None:
        raise Refusal(_("This committee has been closed."), code="closed")
    if committee.opened_on is not None and on <= committee.opened_on:
        said = _("It opened on {day}; it can close after that day.")
        raise Refusal(said.format(day=committee.opened_on), code="before_opening", field="on")
    if Committee.objects.children_of(committee.path).existing_on(on).exists():
        said = _("There are open committees below it; close those first.")
        raise Refusal(said, code="has_children")


def _check_successor(committee: Committee, successor: Committee, *, on: date) -> None:
    is_other = successor.pk != committee.pk and successor.level == committee.level
    if not is_other or not Committee.objects.existing_on(on).filter(pk=successor.pk).exists():
        said = _("The successor must be another committee of the same level, open on that day.")
        raise Refusal(said, code="wrong_successor", field="successor")
