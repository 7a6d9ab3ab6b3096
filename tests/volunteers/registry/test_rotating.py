"""A new key for blind indexes: nobody is lost on the way, and nobody is registered twice."""

from __future__ import annotations

from base64 import b64encode
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.factories.volunteers import identity_number
from tests.volunteers.desk.arranging import open_draft, person, row_of, typed
from volunteers.desk.models import RowState
from volunteers.registry.domain.rotating import rotate_next_batch
from volunteers.registry.domain.sealing import set_guardian_phone, set_number
from volunteers.registry.models import VolunteerIdentity

NUMBERS = [identity_number(402 + 2 * place) for place in range(3)]
PHONE = "19900007777"
NEW = b64encode(b"another blind index key of tests").decode()
CHANGING = {"BLIND_INDEX_KEY": NEW, "BLIND_INDEX_OLD_KEY": settings.BLIND_INDEX_KEY}


@pytest.fixture
def people(cast: Cast) -> list[int]:
    """Three who share a telephone, indexed with the key of before; one lives elsewhere."""
    codes = ("441802009", "441802103", "440606103")
    names = ("刘霞明", "陈军", "何涛")
    return [
        person(cast.committee(code), name, number=number, phone=PHONE).pk
        for code, name, number in zip(codes, names, NUMBERS, strict=True)
    ]


def found(cast: Cast) -> tuple[list[int], list[int]]:
    """Who is found by the numbers and by the telephone, in the province."""
    with acting_as(cast.province.scope):
        identities = VolunteerIdentity.objects
        by_number = [
            pk
            for number in NUMBERS
            for pk in identities.with_number(number).values_list("pk", flat=True)
        ]
        by_phone = identities.with_phone(PHONE).order_by("pk").values_list("pk", flat=True)
        return by_number, list(by_phone)


def grid_settles(cast: Cast, text: str) -> bool:
    row = typed(text)
    with open_draft(cast.recorder_441802, row) as draft:
        return row_of(draft, row.key).state == RowState.READY


def rotate(**options: object) -> str:
    out = StringIO()
    call_command("rotate_blind_index", stdout=out, **options)
    return out.getvalue()


def test_everybody_is_found_before_during_and_after(cast: Cast, people: list[int]) -> None:
    with override_settings(**CHANGING):
        for done in range(3):
            assert found(cast) == (people, people), f"after {done} batches"
            for name, number in (("刘霞明", NUMBERS[0]), ("何涛", NUMBERS[2])):
                assert grid_settles(cast, f"{name} {number}"), f"after {done} batches"
            with as_owner():
                rotate_next_batch(after=people[done] - 1, size=1)
        assert "Every index is new" in rotate(batch_size=2)
        assert "0 indexes renewed" in rotate()
        assert found(cast) == (people, people)
    with override_settings(BLIND_INDEX_KEY=NEW):
        assert found(cast) == (people, people)
    assert found(cast) == ([], [])


def test_nothing_new_is_indexed_meanwhile(cast: Cast, people: list[int]) -> None:
    with (
        override_settings(**CHANGING),
        acting_as(cast.county_441802.scope),
        pytest.raises(Refusal) as refused,
    ):
        identity = VolunteerIdentity.objects.select_related("volunteer").get(pk=people[0])
        set_number(identity.volunteer, identity, NUMBERS[1])
    assert refused.value.code == "keys_change"


def test_without_the_old_key_nothing_is_done(db: None) -> None:
    with pytest.raises(CommandError, match="BLIND_INDEX_OLD_KEY"):
        rotate()


def test_row_that_does_not_open_is_named_and_the_rest_is_renewed(
    cast: Cast, people: list[int]
) -> None:
    with as_owner():
        VolunteerIdentity.objects.filter(pk=people[0]).update(number_sealed=b"broken")
    with override_settings(**CHANGING), pytest.raises(CommandError, match=str(people[0])):
        rotate()
    with override_settings(BLIND_INDEX_KEY=NEW):
        by_number, _by_phone = found(cast)
    assert by_number == people[1:]


def test_same_guardian_stays_the_same_and_none_stays_none(people: list[int]) -> None:
    def indexes() -> list[bytes | None]:
        rows = VolunteerIdentity.objects.order_by("pk").values_list(
            "guardian_phone_index", flat=True
        )
        return [None if each is None else bytes(each) for each in rows]

    with as_owner():
        for identity in VolunteerIdentity.objects.filter(pk__in=people[:2]):
            set_guardian_phone(identity.volunteer, identity, PHONE)
            identity.save()
        first, second, none = before = indexes()
        assert (first is not None, first, none) == (True, second, None)
        phones = VolunteerIdentity.objects.values_list("phone_index", flat=True)
        assert first not in [bytes(each) for each in phones], "nobody reads that they are equal"
        with override_settings(**CHANGING):
            rotate_next_batch(after=0, size=9)
        first, second, none = after = indexes()
        assert (first is not None, first, none) == (True, second, None)
        assert after[0] != before[0]


def test_guardian_is_forgotten_while_keys_change_and_none_is_entered(people: list[int]) -> None:
    with as_owner(), override_settings(**CHANGING):
        identity = VolunteerIdentity.objects.get(pk=people[0])
        set_guardian_phone(identity.volunteer, identity, "")
        assert identity.guardian_phone_index is None
        with pytest.raises(Refusal):
            set_guardian_phone(identity.volunteer, identity, PHONE)
