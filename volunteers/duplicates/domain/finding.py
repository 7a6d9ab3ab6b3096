"""Finding probable duplicates county by county, and remembering which are none."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.keys import CHARACTERS_PER_TIER
from core.tenancy.scope import Scope, acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from volunteers.duplicates.models import DuplicatePair
from volunteers.registry.domain import rules

__all__ = ["dismiss_pair", "find_duplicates"]

_JOB = Scope.for_job("find duplicates")
_COUNTY = 3 * CHARACTERS_PER_TIER

# Families share a telephone, so there the name has to be the same, or at least to sound so. What
# was found or dismissed before is left as it is.
_FIND = """
    WITH standing AS (
        SELECT id, committee_id, name, spelling, birth_date FROM volunteers_volunteer
        WHERE tier3 = %(county)s AND state NOT IN ('merged', 'erased')
    ), alike AS (
        SELECT a.id AS first, b.id AS second, 'birth' AS why
        FROM standing a JOIN standing b USING (name, birth_date) WHERE a.id < b.id
        UNION ALL
        SELECT a.id, b.id, 'phone'
        FROM volunteers_volunteeridentity i JOIN volunteers_volunteeridentity j USING (phone_index)
        JOIN standing a ON a.id = i.volunteer_id JOIN standing b ON b.id = j.volunteer_id
        WHERE i.tier3 = %(county)s AND j.tier3 = %(county)s AND a.id < b.id
          AND a.spelling = b.spelling
    )
    INSERT INTO volunteers_duplicatepair
        (committee_id, first_id, second_id, why, found_at, dismissed_by_label, dismiss_reason)
    SELECT CASE WHEN a.committee_id = b.committee_id THEN a.committee_id ELSE %(county)s END,
           a.id, b.id, min(why), now(), '', ''
    FROM alike JOIN standing a ON a.id = first JOIN standing b ON b.id = second
    GROUP BY a.id, b.id, a.committee_id, b.committee_id
    ON CONFLICT (first_id, second_id) DO NOTHING
"""

# Between counties a pair is for the nearest committee above both; a trigger asks either side
# without a word of the other. Two cards with two valid numbers are two people, so by name and birth
# date only entries with two kinds of document are compared. A telephone of many is an office's.
_ACROSS = """
    WITH shared AS (
        SELECT phone_index FROM volunteers_volunteeridentity
        GROUP BY phone_index HAVING count(*) BETWEEN 2 AND 20
    ), alike AS (
        SELECT i.volunteer_id AS one, j.volunteer_id AS other, 'phone' AS why
        FROM shared JOIN volunteers_volunteeridentity i USING (phone_index)
        JOIN volunteers_volunteeridentity j USING (phone_index)
        WHERE i.volunteer_id < j.volunteer_id AND i.tier3 <> j.tier3
        UNION ALL
        SELECT i.volunteer_id, b.id, 'paper'
        FROM volunteers_volunteeridentity i JOIN volunteers_volunteer a ON a.id = i.volunteer_id
        JOIN volunteers_volunteer b ON b.name = a.name AND b.birth_date = a.birth_date
            AND b.gender = a.gender AND b.tier3 <> a.tier3
        JOIN volunteers_volunteeridentity j ON j.volunteer_id = b.id
        WHERE i.document_kind <> 'identity_card' AND j.document_kind <> i.document_kind
    )
    INSERT INTO volunteers_duplicatepair
        (committee_id, first_id, second_id, why, found_at, dismissed_by_label, dismiss_reason)
    SELECT above.path, a.id, b.id, min(alike.why), now(), '', ''
    FROM alike
    JOIN volunteers_volunteer a ON a.id = least(alike.one, alike.other)
    JOIN volunteers_volunteer b ON b.id = greatest(alike.one, alike.other)
    CROSS JOIN LATERAL (
        SELECT max(c.path COLLATE "C") AS path FROM organizations_committee c
        WHERE starts_with(a.committee_id, c.path) AND starts_with(b.committee_id, c.path)) above
    WHERE a.state NOT IN ('merged', 'erased') AND b.state NOT IN ('merged', 'erased')
      AND a.spelling = b.spelling AND above.path IS NOT NULL
    GROUP BY above.path, a.id, b.id
    ON CONFLICT (first_id, second_id) DO NOTHING
"""


def find_duplicates() -> int:
    """Searches every county in a transaction of its own, then between them; how many are new.

    Opens its own scopes, so call it outside of one.
    """
    with acting_as(_JOB):
        paths = Committee.objects.values_list("path", flat=True)
        counties = sorted({path for path in paths if len(path) == _COUNTY})
    return sum(_find_in(county) for county in counties) + _find_across()


@transaction.atomic
def dismiss_pair(pair: DuplicatePair, *, actor: Actor, reason: str) -> DuplicatePair:
    """They are two people; the pair is not found again. Raises `Refusal` without a reason."""
    actor.must("volunteers.merge")
    reason = rules.reason_given(reason)
    locked = DuplicatePair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if locked.dismissed_at is not None:
        raise Refusal(_("This has been answered already."), code="answered")
    locked.dismissed_at = timezone.now()
    locked.dismissed_by_label = actor.label
    locked.dismiss_reason = reason
    locked.save(update_fields=["dismissed_at", "dismissed_by_label", "dismiss_reason"])
    return locked


def _find_in(county: str) -> int:
    with acting_as(_JOB, statement_timeout_ms=0), connection.cursor() as cursor:
        cursor.execute(_FIND, {"county": county})
        return int(cursor.rowcount)


def _find_across() -> int:
    with acting_as(_JOB, statement_timeout_ms=0), connection.cursor() as cursor:
        cursor.execute(_ACROSS)
        return int(cursor.rowcount)
