"""People of a closed committee belong to its successor; what was recorded stays where it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory, VolunteerIdentityFactory
from volunteers.registry.domain import succession
from volunteers.registry.models import Volunteer, VolunteerIdentity


@pytest.mark.django_db(transaction=True)
def test_people_move_once_their_committee_has_closed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(succession, "_AT_ONCE", 2)
    old, new = cast.committee("441802103"), cast.committee("441802009")
    with as_owner():
        people = [VolunteerFactory(committee=old) for _ in range(3)]
        for each in people:
            VolunteerIdentityFactory(volunteer=each, committee=old)
        record = ServiceRecordFactory(volunteer=people[0], committee=old)
        old.closed_on, old.successor = timezone.localdate() + timedelta(days=1), new
        old.save(update_fields=["closed_on", "successor"])
    assert succession.move_people_on() == 0, "it stands until that day"
    with as_owner():
        old.closed_on = timezone.localdate()
        old.save(update_fields=["closed_on"])
    assert succession.move_people_on() == 3
    assert succession.move_people_on() == 0
    with as_owner():
        keys = [each.pk for each in people]
        for model in (Volunteer, VolunteerIdentity):
            found = model.objects.filter(pk__in=keys).values_list("committee_id", flat=True)
            assert list(found) == [new.path] * 3
        record.refresh_from_db()
        assert record.committee_id == old.path
