"""Sheets and forms of hours hold evidence: how they are found, and what stands on it.

Registered when all is ready (`volunteers.apps`).
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from core.web.keyset import id_from
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.evidence.domain import Holder, holder_kind
from volunteers.evidence.models import EvidenceFile
from volunteers.hours.models import ENTERED_AFTERWARDS, HoursSheet, RecordState, ServiceRecord
from volunteers.hours.queries import ServiceRecordQuerySet

__all__ = ["confirmed_stand_on", "sheets_without_evidence"]


def confirmed_stand_on(bundle: UUID) -> bool:
    """Whether confirmed records of any sheet rely on the bundle."""
    confirmed = ServiceRecord.objects.filter(state=RecordState.CONFIRMED)
    return confirmed.filter(sheet__evidence_key=bundle).exists()


def sheets_without_evidence(records: ServiceRecordQuerySet) -> frozenset[int]:
    """Of the sheets whose records were entered afterwards, those with neither text nor file.

    Sheets that rely on files alone stay locked, so that no file is removed meanwhile.
    """
    entered = records.filter(source__in=ENTERED_AFTERWARDS, sheet__evidence="").order_by()
    sheets = HoursSheet.objects.filter(pk__in=entered.values("sheet_id")).order_by("pk")
    bundles = dict(sheets.locked().values_list("pk", "evidence_key"))
    if not bundles:
        return frozenset()
    proven = EvidenceFile.objects.counts_of(bundles.values())
    return frozenset(pk for pk, bundle in bundles.items() if bundle not in proven)


def _held_by_sheets(bundles: set[UUID]) -> set[UUID]:
    sheets = HoursSheet.objects.filter(evidence_key__in=bundles)
    return set(sheets.values_list("evidence_key", flat=True))


def _let_go(bundle: UUID) -> None:
    # Whoever confirms locks the sheets too: nothing is confirmed while its evidence is taken away.
    list(HoursSheet.objects.filter(evidence_key=bundle).order_by("pk").locked().values_list("pk"))
    if confirmed_stand_on(bundle):
        message = _("Confirmed hours stand on this evidence; it stays. Void or correct them first.")
        raise Refusal(message, code="evidence_confirmed")


@holder_kind("sheet", holds=_held_by_sheets, for_good=True, let_go=_let_go)
def _sheet(key: str, _actor: Actor) -> Holder | None:
    """A sheet, by its id. Files may be added whatever its state: that widens nothing."""
    pk = id_from(key)
    sheet = HoursSheet.objects.filter(pk=pk).first() if pk is not None else None
    if sheet is None:
        return None
    return Holder(
        bundle=sheet.evidence_key,
        committee_id=sheet.committee_id,
        removable=not confirmed_stand_on(sheet.evidence_key),
    )


@holder_kind("entry", holds=lambda _bundles: set())
def _entry(key: str, actor: Actor) -> Holder | None:
    """The form of one record: its page has chosen the key of the sheet that will be made."""
    try:
        bundle = UUID(key)
    except ValueError:
        return None
    return Holder(bundle=bundle, committee_id=actor.scope.committee)
