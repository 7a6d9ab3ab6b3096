"""Two people add evidence at the same moment: no bundle holds more than it may."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.base import ContentFile

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests import pictures
from tests.cast import build_cast
from tests.database import as_owner
from tests.volunteers.hours.races import race
from volunteers.evidence.domain import (
    Holder,
    add_evidence,
    remove_evidence,
    restore_evidence,
)
from volunteers.evidence.models import EvidenceFile


@pytest.mark.django_db(transaction=True)
def test_last_place_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("volunteers.evidence.domain.room.MAX_FILES", 2)
    with as_owner():
        cast = build_cast()
    one, other = cast.county_441802, cast.recorder_441802
    holder = Holder(bundle=uuid4(), committee_id=one.scope.committee)

    def add(actor: Actor, seed: int) -> EvidenceFile:
        file = ContentFile(pictures.png(seed), name="签到表.png")
        return add_evidence(file, holder=holder, actor=actor)

    with acting_as(one.scope):
        removed = remove_evidence(add(one, 0), actor=one)
        add(one, 1)
    _kept, answer = race(one, lambda: add(one, 2), other, lambda: add(other, 3))
    assert isinstance(answer, Refusal)
    assert answer.code == "too_many_files"
    with acting_as(one.scope):
        assert EvidenceFile.objects.of_bundle(holder.bundle).count() == 2
        with pytest.raises(Refusal) as refused:
            restore_evidence(removed, actor=one)
        assert refused.value.code == "too_many_files"
