"""Volunteers, their identities and their hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from core.crypto.blind_index import IDENTITY_NUMBER, PHONE, blind_index
from core.crypto.sealing import seal, sealing_context
from core.identity.identity_numbers import check_character
from core.identity.names import pinyin_initials, pinyin_key
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.registry.models import Volunteer, VolunteerIdentity

__all__ = [
    "HoursSheetFactory",
    "ServiceRecordFactory",
    "VolunteerFactory",
    "VolunteerIdentityFactory",
    "identity_number",
]


def identity_number(sequence: int, *, born: date = date(1995, 4, 1), area: str = "449900") -> str:
    """A valid number in an unassigned area; odd sequences are male."""
    first17 = f"{area}{born:%Y%m%d}{sequence % 1000:03d}"
    return first17 + check_character(first17)


class VolunteerFactory(DjangoModelFactory[Volunteer]):
    """An adult volunteer with consent, without identifiers unless asked for."""

    class Meta:
        model = Volunteer

    number = factory.Sequence(lambda n: f"9{n:08d}")
    name = factory.Sequence(lambda n: f"王小{'一二三四五六七八九十'[n % 10]}")
    pinyin = factory.LazyAttribute(lambda row: pinyin_key(row.name))
    initials = factory.LazyAttribute(lambda row: pinyin_initials(row.name))
    gender = "female"
    birth_date = date(1995, 4, 1)
    registered_on = date(2024, 3, 5)
    consent_on = date(2024, 3, 5)
    source = "form"
    identity_mask = "4499**********0006"
    phone_mask = "199****0000"


class VolunteerIdentityFactory(DjangoModelFactory[VolunteerIdentity]):
    """Sealed identifiers for a volunteer; the masks of the volunteer follow them."""

    class Meta:
        model = VolunteerIdentity

    class Params:
        # In other areas than the numbers that tests choose themselves.
        number = factory.Sequence(
            lambda n: identity_number(2 * n, area=f"4499{n // 500 % 99 + 1:02d}")
        )
        phone = factory.Sequence(lambda n: f"1990000{n % 10000:04d}")

    volunteer = factory.SubFactory(VolunteerFactory)
    committee = factory.SelfAttribute("volunteer.committee")
    document_kind = "identity_card"
    number_sealed = factory.LazyAttribute(
        lambda row: seal(
            row.number,
            context=sealing_context("volunteers.identity_number", row.volunteer.pk),
        )
    )
    number_index = factory.LazyAttribute(
        lambda row: blind_index(row.number, purpose=IDENTITY_NUMBER)
    )
    phone_sealed = factory.LazyAttribute(
        lambda row: seal(row.phone, context=sealing_context("volunteers.phone", row.volunteer.pk))
    )
    phone_index = factory.LazyAttribute(lambda row: blind_index(row.phone, purpose=PHONE))


class HoursSheetFactory(DjangoModelFactory[HoursSheet]):
    """A sheet of hours."""

    class Meta:
        model = HoursSheet

    title = factory.Sequence(lambda n: f"签到表 {n}")
    source = "import"
    evidence = factory.LazyAttribute(lambda row: row.title if row.source == "import" else "")
    recorded_by_label = "录入员"


class ServiceRecordFactory(DjangoModelFactory[ServiceRecord]):
    """A confirmed record of two hours; each next one a day later, so that none overlap."""

    class Meta:
        model = ServiceRecord

    volunteer = factory.SubFactory(VolunteerFactory)
    committee = factory.SelfAttribute("volunteer.committee")
    sheet = factory.SubFactory(HoursSheetFactory, committee=factory.SelfAttribute("..committee"))
    volunteer_name = factory.SelfAttribute("volunteer.name")
    volunteer_number = factory.SelfAttribute("volunteer.number")
    activity_title = "敬老院探访"
    kind = "elderly"
    served_on = factory.Sequence(lambda n: date(2026, 1, 1) + timedelta(days=n % 300))
    during = factory.LazyAttribute(
        lambda row: (
            datetime.combine(row.served_on, datetime.min.time(), tzinfo=UTC) + timedelta(hours=1),
            datetime.combine(row.served_on, datetime.min.time(), tzinfo=UTC) + timedelta(hours=3),
        )
    )
    minutes = 120
    source = "import"
    state = "confirmed"
    recorded_by_label = "录入员"
    recorded_at = datetime(2026, 1, 2, tzinfo=UTC)
    confirmed_at = factory.LazyAttribute(
        lambda row: datetime(2026, 1, 3, tzinfo=UTC) if row.state == "confirmed" else None
    )
    confirmed_by_label = "审核人"
