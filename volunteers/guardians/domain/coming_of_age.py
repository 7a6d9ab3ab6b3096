"""Eighteen: the guardian's consent and the family's hold end; the person decides from then on."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from core.identity.ages import ADULT_AGE, latest_birth_date
from core.tenancy.scope import Scope, acting_as, because
from organizations.family.models import FamilyTie
from volunteers.privacy.models import Consent
from volunteers.registry.domain.sealing import set_guardian_phone
from volunteers.registry.models import Volunteer, VolunteerIdentity

__all__ = ["lapse_at_eighteen"]

# A job that did not run for a while still finds everybody.
_LOOKS_BACK = timedelta(days=60)
# Whose birth date was corrected: the tie follows. Eighteen years after a leap year there is none.
_FOLLOW_BIRTH_DATES = """
    UPDATE organizations_familytie tie SET until = right_day.day
    FROM (
        SELECT id, CASE WHEN to_char(birth_date, 'MMDD') = '0229'
                   THEN make_date(extract(year FROM birth_date)::int + 18, 3, 1)
                   ELSE (birth_date + interval '18 years')::date END AS day
        FROM volunteers_volunteer
        WHERE id IN (SELECT volunteer_id FROM organizations_familytie WHERE ended_at IS NULL)
    ) right_day
    WHERE tie.volunteer_id = right_day.id AND tie.ended_at IS NULL AND tie.until <> right_day.day
"""


def lapse_at_eighteen() -> int:
    """Ends what ends at eighteen, and forgets guardians of adults; how many consents lapsed.

    The scope of a parent is refused from the birthday on, whether this has run or not.
    """
    today = timezone.localdate()
    of_age = latest_birth_date(ADULT_AGE, today)
    with acting_as(Scope.for_job("coming of age")):
        with connection.cursor() as cursor:
            cursor.execute(_FOLLOW_BIRTH_DATES)
        FamilyTie.objects.filter(ended_at__isnull=True, until__lte=today).update(
            ended_at=timezone.now()
        )
        lapsed = Consent.objects.standing().of_guardians().filter(volunteer__birth_date__lte=of_age)
        count = lapsed.update(ended_at=timezone.now(), lapsed=True)
        grown = Volunteer.objects.filter(
            birth_date__lte=of_age, birth_date__gt=of_age - _LOOKS_BACK
        ).exclude(guardian_phone_mask="", guardian_name="")
        for volunteer in grown.select_for_update():
            _forget_guardian(volunteer)
    return count


def _forget_guardian(volunteer: Volunteer) -> None:
    identity = VolunteerIdentity.objects.select_for_update().get(pk=volunteer.pk)
    volunteer.guardian_name = ""
    set_guardian_phone(volunteer, identity, "")
    identity.save(update_fields=["guardian_phone_sealed", "guardian_phone_index"])
    with because(_("of age: the guardian's consent has lapsed")):
        volunteer.save(update_fields=["guardian_name", "guardian_phone_mask"])
