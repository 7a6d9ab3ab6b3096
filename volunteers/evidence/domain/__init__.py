"""The verbs of evidence: add, remove, restore, sweep; and who holds it."""

from volunteers.evidence.domain.adding import add_evidence, add_evidence_files
from volunteers.evidence.domain.holders import Holder, holder_kind, holder_of
from volunteers.evidence.domain.removing import remove_evidence, restore_evidence
from volunteers.evidence.domain.room import MAX_FILES
from volunteers.evidence.domain.stored import picture_of
from volunteers.evidence.domain.sweeping import sweep_evidence, sweep_stray_bytes

__all__ = [
    "MAX_FILES",
    "Holder",
    "add_evidence",
    "add_evidence_files",
    "holder_kind",
    "holder_of",
    "picture_of",
    "remove_evidence",
    "restore_evidence",
    "sweep_evidence",
    "sweep_stray_bytes",
]
