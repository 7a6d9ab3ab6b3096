"""The copy of a person's data: no table that names the person is forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from core.tenancy.scope import acting_as
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerIdentityFactory
from volunteers.claims.models import Claim
from volunteers.duplicates.models import ClashNotice, ClashRequest, Merge
from volunteers.guardians.models import GuardianLink
from volunteers.privacy.domain.exporting import held_data
from volunteers.privacy.domain.parts import copy_part, parts_of_copy
from volunteers.registry.models import Volunteer
from volunteers.registry.ownership import REFERENCES
from volunteers.transfers.models import Transfer


def references_of_the_database() -> set[str]:
    """Every foreign key to a volunteer, as ``table.column``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text || '.' || a.attname FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
            " WHERE c.contype = 'f' AND c.confrelid = 'volunteers_volunteer'::regclass"
        )
        return {name for (name,) in cursor.fetchall()}


def forgotten(keys: set[str], given: set[str]) -> set[str]:
    """References that no part gives and no line excuses."""
    excused = {f"{each.table}.{each.column}" for each in REFERENCES if each.withheld}
    # The entry itself gives the identity document.
    return keys - given - excused - {"volunteers_volunteeridentity.volunteer_id"}


def test_every_reference_is_given_or_says_why_not(db: None) -> None:
    keys = references_of_the_database()
    given = {name for part in parts_of_copy() for name in part.of}
    assert forgotten(keys, given) == set(), "register a part in the topic's copies.py"
    assert given - keys == set(), "a part names a column that is gone"
    excused = {f"{each.table}.{each.column}" for each in REFERENCES if each.withheld}
    assert given & excused == set()
    taken_away = "volunteers_transfer.volunteer_id"
    assert forgotten(keys, given - {taken_away}) == {taken_away}


def test_a_key_of_the_copy_is_given_once() -> None:
    with pytest.raises(ValueError, match="given twice"):
        copy_part("records", title="")(lambda _volunteer: [])


def arranged(cast: Cast, volunteer: Volunteer, mark: str) -> None:
    """A row of topics above privacy, each with the mark."""
    place = volunteer.committee
    names = {"origin": place, "destination": place, "origin_name": mark, "destination_name": mark}
    asked = ClashRequest.objects.create(
        committee=place, number_index=mark.encode()[:32], name=mark, reason=mark
    )
    ClashNotice.objects.create(
        committee=place, request=asked, volunteer=volunteer, asking_name=mark, name=mark,
        reason=mark, asked_at=asked.asked_at,
    )  # fmt: skip
    Transfer.objects.create(
        volunteer=volunteer, volunteer_name=mark, volunteer_number=volunteer.number,
        asked_side="person", asked_by_label=mark, asked_at=asked.asked_at, reason=mark, **names,
    )  # fmt: skip
    Claim.objects.create(volunteer=volunteer, committee=place, state="claimed", phone_mask=mark)
    GuardianLink.objects.create(
        volunteer=volunteer, committee=place, use="give", token_digest=mark.encode(),
        sent_by_label=mark, phone_mask=mark, expires_at=asked.asked_at,
    )  # fmt: skip
    Merge.objects.create(
        committee=place, survivor=volunteer, merged=cast.volunteer, survivor_number="1",
        merged_number="2", merged_name="别名", reason=mark, by_label=mark, at=asked.asked_at,
    )  # fmt: skip


def test_topics_above_give_their_rows_and_nobody_elses(cast: Cast) -> None:
    with as_owner():
        VolunteerIdentityFactory(volunteer=cast.volunteer)
        other = Volunteer.objects.exclude(pk=cast.volunteer.pk).first() or cast.volunteer
        arranged(cast, cast.volunteer, "自己")
        if other != cast.volunteer:
            arranged(cast, other, "旁人")
    with acting_as(cast.person.scope):
        data: dict[str, Any] = held_data(Volunteer.objects.get(pk=cast.volunteer.pk))
    keys = ("transfers", "asked_about", "claims", "guardian_links", "merges")
    assert all(data[key] and "自己" in str(data[key]) for key in keys), data
    assert "旁人" not in str(data)
    assert "别名" not in str(data)
