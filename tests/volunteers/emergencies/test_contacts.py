"""Whom to call in an emergency: shown around the shift, each look on record."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.crypto.rotation import registered_columns
from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerIdentityFactory
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Activity, Shift
from volunteers.emergencies.domain import ToCall, drop_contact, say_contact, show_contact
from volunteers.emergencies.models import EmergencyContact
from volunteers.privacy.summary import looks_at_the_person
from volunteers.registry.domain.sealing import set_guardian_phone
from volunteers.registry.models import IdentityReveal, Volunteer
from volunteers.signups.domain import sign_up
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db
PHONE = "13800138000"
OWN = reverse("emergencies:own-contact")
HOUR = timedelta(hours=1)


def say(actor: Actor, name: str = "联系人", phone: str = PHONE) -> None:
    with acting_as(actor.scope):
        say_contact(actor=actor, name=name, relation="friend", phone=phone)


def comes(cast: Cast, actor: Actor, shift: Shift | None = None) -> SignUp:
    """A place in a shift that begins in an hour."""
    shift = shift or call(cast, places=3)
    with as_owner():
        VolunteerIdentityFactory(volunteer=Volunteer.objects.get(pk=actor.scope.volunteer or 0))
    with acting_as(actor.scope):
        signup = sign_up(shift, actor=actor)
    move(shift, timezone.now() + HOUR)
    return signup


def move(shift: Shift, starts_at: datetime) -> None:
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(starts_at=starts_at, ends_at=starts_at + 2 * HOUR)


def shown(signup: SignUp, actor: Actor) -> ToCall:
    with acting_as(actor.scope):
        return show_contact(SignUp.objects.get(pk=signup.pk), actor=actor)


def refused(signup: SignUp, actor: Actor) -> str:
    with pytest.raises(Refusal) as said:
        shown(signup, actor)
    return said.value.code


def looks() -> int:
    with as_owner():
        return IdentityReveal.objects.count()


def test_organiser_learns_whom_to_call_and_the_person_reads_who_looked(cast: Cast) -> None:
    say(cast.person)
    found = shown(comes(cast, cast.person), cast.recorder_441802)
    assert found == ToCall("联系人", "朋友", PHONE)
    with acting_as(cast.person.scope):
        (look,) = looks_at_the_person()
    assert (look.who, look.what) == (cast.recorder_441802.label, "emergency")
    assert "河小青巡河护水" in look.reason
    assert "紧急" in look.what_label


def test_visitor_of_another_city_is_not_left_alone(cast: Cast) -> None:
    visitor = another(cast, "440606103")
    say(visitor)
    assert shown(comes(cast, visitor), cast.recorder_441802).phone == PHONE
    with acting_as(cast.county_440606.scope):
        assert IdentityReveal.objects.filter(volunteer=visitor.scope.volunteer).count() == 1


@pytest.mark.parametrize(
    ("hours", "is_shown"), [(2.1, False), (1.9, True), (-25.9, True), (-26.1, False)]
)
def test_from_two_hours_before_to_a_day_after(cast: Cast, hours: float, is_shown: bool) -> None:
    say(cast.person)
    signup = comes(cast, cast.person)
    move(signup.shift, timezone.now() + hours * HOUR)
    with as_owner():
        assert Shift.objects.get(pk=signup.shift_id).is_on == is_shown
    if is_shown:
        assert shown(signup, cast.recorder_441802).phone == PHONE
    else:
        assert refused(signup, cast.recorder_441802) == "not_now"
    assert looks() == is_shown


def test_minor_without_a_contact_has_the_guardian_and_adults_have_none(cast: Cast) -> None:
    signup = comes(cast, cast.person)
    with as_owner():
        person = Volunteer.objects.select_related("identity").get(pk=cast.volunteer.pk)
        set_guardian_phone(person, person.identity, "13900139000")
        person.guardian_name = "监护人"
        person.save()
        person.identity.save()
    assert refused(signup, cast.recorder_441802) == "nobody"
    assert looks() == 0, "nothing was seen"
    with as_owner():
        day = timezone.localdate() - timedelta(days=365 * 16)
        Volunteer.objects.filter(pk=person.pk).update(birth_date=day)
    assert shown(signup, cast.recorder_441802) == ToCall("监护人", "监护人", "13900139000")
    say(cast.person)
    assert shown(signup, cast.recorder_441802).name == "联系人"


def test_not_of_who_left_or_waits_nor_of_a_cancelled_activity(cast: Cast) -> None:
    say(cast.person)
    shift = call(cast, places=2)
    signup = comes(cast, cast.person, shift)
    left = another(cast)
    gone = comes(cast, left, call(cast))
    with as_owner():
        SignUp.objects.filter(pk=gone.pk).update(state="withdrawn", ended_at=timezone.now())
    assert refused(gone, cast.recorder_441802) == "not_now"
    with as_owner():
        Activity.objects.filter(pk=shift.activity_id).update(state="cancelled", reason="台风")
    assert refused(signup, cast.recorder_441802) == "not_now"


def test_nobody_else_is_told(cast: Cast) -> None:
    say(cast.person)
    signup = comes(cast, cast.person)
    with pytest.raises(PermissionDenied):
        shown(signup, cast.province_auditor)
    with acting_as(cast.county_440606.scope), connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM volunteers_emergency_of_signup(%s, %s, %s)", [signup.pk, "为何", "谁"]
        )
        assert cursor.fetchall() == []
    assert looks() == 0


def test_volunteer_says_changes_and_takes_back(cast: Cast, client: Client) -> None:
    log_in(client, cast.person)
    wrong = client.post(OWN, {"name": "联系人", "relation": "friend", "phone": "12"})
    assert wrong.status_code == 422
    assert "联系人" in wrong.text
    for name in ("联系人", "另一位"):
        client.post(OWN, {"name": name, "relation": "parent", "phone": PHONE})
    page = client.get(OWN).text
    assert "另一位" in page
    assert PHONE not in page
    profile = client.get(reverse("own:profile")).text
    assert "另一位" in profile
    client.post(reverse("emergencies:own-contact-drop"))
    with as_owner():
        assert not EmergencyContact.objects.exists()


def test_telephone_lies_sealed_and_is_sealed_anew_with_new_keys(cast: Cast) -> None:
    say(cast.person)
    with as_owner():
        row = EmergencyContact.objects.get()
    assert PHONE.encode() not in bytes(row.phone_sealed)
    assert PHONE not in row.phone_mask
    assert EmergencyContact in [each.model for each in registered_columns()]


def test_who_is_sealed_away_names_nobody(cast: Cast) -> None:
    say(cast.person)
    other = another(cast)
    say(other)
    with as_owner():
        Volunteer.objects.filter(pk=cast.volunteer.pk).update(identity_mask="")
        kept = EmergencyContact.objects.values_list("volunteer_id", flat=True)
        assert list(kept) == [other.scope.volunteer]


def test_list_offers_it_around_the_shift_and_one_tap_shows_it(cast: Cast, client: Client) -> None:
    say(cast.person)
    signup = comes(cast, cast.person)
    log_in(client, cast.recorder_441802)
    page = reverse("signups:shift-detail", args=[signup.activity_id, signup.shift_id])
    address = reverse("emergencies:contact-show", args=[signup.pk])
    assert address in client.get(page).text
    answer = client.post(address)
    assert PHONE in answer.text
    assert "no-store" in answer["Cache-Control"]
    move(signup.shift, timezone.now() + 9 * HOUR)
    assert address not in client.get(page).text
    assert client.post(address, follow=True).redirect_chain[-1][0] == page


def test_others_contacts_are_their_own(cast: Cast) -> None:
    say(cast.person)
    other = another(cast)
    with acting_as(other.scope):
        assert not EmergencyContact.objects.exists()
        drop_contact(actor=other)
    with as_owner():
        assert EmergencyContact.objects.count() == 1
