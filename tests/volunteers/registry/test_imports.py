"""Rosters row by row: who becomes a volunteer, where, and why others don't."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from core.crypto.blind_index import GUARDIAN_PHONE, IDENTITY_NUMBER, PHONE, blind_index
from core.crypto.sealing import unseal
from core.workbooks.results import ImportResult
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.factories.committees import add_committee
from tests.factories.volunteers import identity_number
from tests.volunteers.workbooks import ROSTER_HEADER, faults_of, import_file, write_workbook
from volunteers.registry import imports
from volunteers.registry.imports import statements
from volunteers.registry.models import Volunteer, VolunteerIdentity, identity_context

WOMAN = identity_number(102)
MAN = identity_number(103)
PHONE_NUMBER = "19900000001"

Send = Callable[..., ImportResult]


@pytest.fixture
def send(cast: Cast, tmp_path: Path) -> Send:
    """Imports rows as the recorder of 441802, or as somebody else."""

    def send_rows(
        *rows: list[Any], actor: Actor | None = None, code: str = "441802", check: bool = False
    ) -> ImportResult:
        path = write_workbook(tmp_path / "roster.xlsx", ROSTER_HEADER, rows, title="花名册")
        return import_file(
            "volunteers",
            path,
            committee=cast.committee(code),
            actor=actor or cast.recorder_441802,
            check=check,
        )

    return send_rows


def row(
    name: str = "陈桐思",
    gender: str = "女",
    number: Any = WOMAN,
    phone: Any = PHONE_NUMBER,
    township: str = "横荷街道",
    skills: str = "",
    registered: Any = "2022.7.13",
    guardian: Any = "",
) -> list[Any]:
    return [1, name, gender, number, phone, "共青团员", township, skills, registered, guardian]


def years_ago(years: int) -> dt.date:
    today = timezone.localdate()
    return dt.date(today.year - years, 1, 1)


def volunteers() -> list[Volunteer]:
    with as_owner():
        return list(
            Volunteer.objects.filter(source="import")
            .select_related("identity", "committee")
            .order_by("pk")
        )


def test_good_row_becomes_a_volunteer_of_the_township(send: Send, cast: Cast) -> None:
    result = send(row(name="陈 桐思", number=f" {WOMAN} ", skills="应急救援、急救"))
    assert (result.rows, result.accepted) == (1, 1)
    (volunteer,) = volunteers()
    assert volunteer.committee_id == cast.committee("441802009").path
    assert (volunteer.name, volunteer.pinyin, volunteer.initials) == (
        "陈桐思", "chen tong si", "cts",
    )  # fmt: skip
    assert (volunteer.gender, volunteer.birth_date) == ("female", dt.date(1995, 4, 1))
    assert volunteer.registered_on == dt.date(2022, 7, 13)
    assert volunteer.skills == ["应急救援", "急救"]
    assert (volunteer.state, volunteer.source) == ("active", "import")
    assert volunteer.consent_on == timezone.localdate()
    assert volunteer.consent_evidence == "本单位已取得同意"
    assert volunteer.registered_by == cast.recorder_441802.user
    assert WOMAN not in {volunteer.number, volunteer.identity_mask}


def test_identifiers_are_sealed_for_their_row(send: Send) -> None:
    send(row())
    identity = volunteers()[0].identity
    assert identity.document_kind == "identity_card"
    assert bytes(identity.number_index) == blind_index(WOMAN, purpose=IDENTITY_NUMBER)
    assert bytes(identity.phone_index) == blind_index(PHONE_NUMBER, purpose=PHONE)
    for column, plain in (("number_sealed", WOMAN), ("phone_sealed", PHONE_NUMBER)):
        context = identity_context(identity.volunteer_id, column)
        assert unseal(getattr(identity, column), context=context) == plain
    assert identity.guardian_phone_sealed is None


def test_portal_numbers_end_in_their_check_digit(send: Send) -> None:
    send(row(), row(name="王强", gender="男", number=MAN))
    numbers = [volunteer.number for volunteer in volunteers()]
    assert len(set(numbers)) == 2
    for number in numbers:
        assert len(number) == 10
        product = 10
        for digit in number[:-1]:  # ISO/IEC 7064, MOD 11,10
            product = ((product + int(digit)) % 10 or 10) * 2 % 11
        assert (product + int(number[-1])) % 10 == 1


@pytest.mark.parametrize(
    "township",
    ["横荷街道", "横荷", " 横 荷 街 道 ", "横荷街道办", "横荷街道办事处", "清城区横荷街道",
     "清远市清城区横荷街道", "441802009"],
)  # fmt: skip
def test_township_is_known_by_its_full_or_short_name(send: Send, township: str) -> None:
    assert send(row(township=township)).accepted == 1
    assert volunteers()[0].committee.code == "441802009"


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"number": WOMAN[:-1]}, "id_number", "said"),
        ({"number": WOMAN[:-1] + "5"}, "id_number", "said"),
        ({"number": 4.4990019950401e17}, "id_number", "identity_number_cell"),
        ({"number": ""}, "id_number", "said"),
        ({"gender": "男"}, "gender", "document_says_female"),
        ({"gender": "女", "number": MAN}, "gender", "document_says_male"),
        ({"gender": "不详"}, "gender", "gender_unknown"),
        ({"phone": "1990000000"}, "phone", "said"),
        ({"phone": ""}, "phone", "phone_missing"),
        ({"township": "新设街道办"}, "township", "township_unknown"),
        ({"township": "北滘镇"}, "township", "township_unknown"),
        ({"township": "清城区"}, "township", "township_unknown"),
        ({"township": ""}, "township", "township_missing"),
        ({"name": ""}, "name", "name_missing"),
        ({"name": "长" * 51}, "name", "name_too_long"),
        ({"registered": "2099-01-01"}, "registered_on", "registered_in_future"),
        ({"registered": "1990-01-01"}, "registered_on", "registered_before_birth"),
        ({"registered": "去年"}, "registered_on", "date_unknown"),
        ({"skills": "长" * 31}, "skills", "text_too_long"),
    ],
)
def test_fault_is_named_with_its_field(
    send: Send, cells: dict[str, Any], field: str, code: str
) -> None:
    result = send(row(**cells), row(name="王强", gender="男", number=identity_number(105)))
    assert [(each.row, each.field, each.code) for each in result.refused] == [(3, field, code)]
    assert result.accepted == 1


def test_first_fault_wins_in_the_order_of_the_checks(send: Send) -> None:
    send(row())
    everything = row(number=WOMAN[:-1], gender="男", phone="1", township="无此镇")
    but_number = row(gender="男", phone="1", township="无此镇")
    but_gender = row(phone="1", township="无此镇")
    but_phone = row(township="无此镇")
    result = send(everything, but_number, but_gender, but_phone, row())
    assert [field for _row, field in faults_of(result)] == [
        "id_number", "gender", "phone", "township", "duplicate",
    ]  # fmt: skip


def test_minor_needs_a_guardian_on_the_day_of_import(send: Send) -> None:
    born = years_ago(16)
    minor = identity_number(102, born=born)
    today = timezone.localdate()
    of_age = today.replace(year=today.year - 18, day=min(today.day, 28))
    result = send(
        row(number=minor),
        row(number=identity_number(104, born=born), guardian="19900010047"),
        row(number=identity_number(106, born=of_age)),
    )
    assert faults_of(result) == [(3, "guardian_phone")]
    young = volunteers()[0]
    assert young.guardian_phone_mask == "199****0047"
    assert young.guardian_consent_on == today
    sealed = young.identity.guardian_phone_sealed
    index = blind_index("19900010047", purpose=GUARDIAN_PHONE)
    assert bytes(young.identity.guardian_phone_index or b"") == index
    assert sealed is not None
    context = identity_context(young.pk, "guardian_phone_sealed")
    assert unseal(sealed, context=context) == "19900010047"


def test_guardian_of_an_adult_is_not_kept(send: Send) -> None:
    assert (
        send(row(guardian="13800138000"), row(number=MAN, gender="男", guardian="无效")).accepted
        == 2
    )
    for volunteer in volunteers():
        assert volunteer.guardian_phone_mask == ""
        assert volunteer.guardian_consent_on is None
        assert volunteer.identity.guardian_phone_sealed is None


def test_same_number_later_in_the_file_is_a_duplicate(send: Send) -> None:
    result = send(row(), row(name="王强", gender="男", number=MAN), row(name="陈桐"))
    (refused,) = result.refused
    assert (refused.row, refused.field, refused.code) == (5, "duplicate", "repeated")
    assert refused.fault.params == {"row": 3}


def test_second_import_says_where_the_person_stands(send: Send) -> None:
    send(row())
    (volunteer,) = volunteers()
    same, changed = send(row()).refused[0], send(row(phone="19900000009")).refused[0]
    assert same.code == "already_recorded"
    assert changed.code == "registered"
    for refused in (same, changed):
        assert refused.fault.params["number"] == volunteer.number
        assert "横荷街道" in refused.message


def test_person_registered_elsewhere_is_not_shown(send: Send, cast: Cast) -> None:
    send(row(township="北滘镇"), actor=cast.county_440606, code="440606")
    assert len(volunteers()) == 1
    (refused,) = send(row()).refused
    assert (refused.field, refused.code) == ("duplicate", "registered_elsewhere")
    assert refused.fault.params == {}
    with override("en"):
        assert "hours can be entered" in refused.message


def test_township_may_leave_its_own_column_blank(send: Send, cast: Cast) -> None:
    result = send(row(township=""), actor=cast.township_440606103, code="440606103")
    assert result.accepted == 1
    assert volunteers()[0].committee.code == "440606103"


def test_city_must_say_which_of_two_townships_is_meant(send: Send, cast: Cast) -> None:
    with as_owner():
        add_committee(
            code="441881103", name="源潭镇", level="township", parent=cast.committee("441881")
        )
    city = {"actor": cast.city_4418, "code": "4418"}
    (refused,) = send(row(township="源潭镇"), **city).refused
    assert (refused.field, refused.code) == ("township", "township_ambiguous")
    assert send(row(township="英德市源潭"), **city).accepted == 1
    assert volunteers()[0].committee.code == "441881103"


def test_closed_township_is_not_offered(send: Send, cast: Cast) -> None:
    with as_owner():
        township = cast.committee("441802009")
        township.closed_on = timezone.localdate()
        township.save()
    assert faults_of(send(row())) == [(3, "township")]


def test_check_leaves_nothing(send: Send) -> None:
    assert send(row(), check=True).accepted == 1
    assert volunteers() == []
    with as_owner():
        assert not VolunteerIdentity.objects.exists()


def test_roles_without_the_right_import_nothing(send: Send, cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        send(row(), actor=cast.province_auditor)
    assert volunteers() == []


def test_nobody_imports_for_a_committee_outside_the_scope(send: Send, cast: Cast) -> None:
    """No township there is within reach, so that no row is taken; the policies would refuse too."""
    result = send(row(), actor=cast.county_440606, code="441802")
    assert (result.accepted, faults_of(result)) == (0, [(3, "township")])
    assert volunteers() == []


def test_without_the_unique_index_deciding_a_duplicate_would_end_the_import(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Switch the guard off: the constraint still holds, and the whole import fails."""
    send(row())
    careless = statements.INSERT_TAKEN.replace("ON CONFLICT (number_index) DO NOTHING", "")
    assert careless != statements.INSERT_TAKEN
    monkeypatch.setattr(imports, "INSERT_TAKEN", careless)
    with pytest.raises(Exception, match="number_index"):
        send(row(name="王强", gender="男", number=MAN), row())
    assert len(volunteers()) == 1


def test_staged_rows_are_gone_after_the_import(send: Send) -> None:
    """Identifiers in clear don't wait in a table for the end of the connection."""
    send(row())
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relpersistence = 't'")
        assert cursor.fetchone() == (0,)
