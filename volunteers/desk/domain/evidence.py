"""What proves a draft's hours: pictures beside it, or a note that names the paper."""

from __future__ import annotations

from volunteers.desk.models import Draft
from volunteers.evidence.models import EvidenceFile
from volunteers.hours.domain.texts import evidence_given

__all__ = ["evidence_of"]


def evidence_of(draft: Draft) -> str:
    """The note, which may be empty where there are files. Raises `Refusal` without either."""
    if not draft.evidence.strip() and EvidenceFile.objects.of_bundle(draft.pk).exists():
        return ""
    return evidence_given(draft.evidence)
