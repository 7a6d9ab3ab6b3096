"""Organisers call who comes: the mask on the list, the number with a look on record."""

from django.db import migrations

from core.tenancy.policies import IN_SUBTREE
from core.tenancy.roles import STAFF_ROLES

STAFF = ", ".join(STAFF_ROLES)

# As the owner: who comes may be a visitor, whose entry lies outside the caller's scope.
MASKS = f"""
CREATE FUNCTION volunteers_phone_masks(asked bigint)
RETURNS TABLE (signup bigint, mask text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.id, v.phone_mask FROM (
        SELECT id, volunteer_id FROM volunteers_signup
        WHERE shift_id = asked AND state IN ('placed', 'waiting', 'offered') AND {IN_SUBTREE}
    ) s JOIN volunteers_volunteer v ON v.id = s.volunteer_id
$$;
REVOKE ALL ON FUNCTION volunteers_phone_masks(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_phone_masks(bigint) TO {STAFF};
"""

# The value and the row of the look come out of one statement: there is no way to the one without
# the other. Of a minor nothing is given, because a second person approves that look beforehand.
PHONE = f"""
CREATE FUNCTION volunteers_phone_of_signup(asked bigint, why text, who text)
RETURNS TABLE (volunteer bigint, sealed bytea, is_minor boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    person bigint;
    minor boolean;
    reader bigint := nullif(current_setting('portal.user', true), '')::bigint;
BEGIN
    SELECT s.volunteer_id,
           v.birth_date > (now() AT TIME ZONE 'Asia/Shanghai')::date - interval '18 years'
    INTO person, minor
    FROM (SELECT * FROM volunteers_signup WHERE id = asked AND {IN_SUBTREE}) s
    JOIN volunteers_shift h ON h.id = s.shift_id AND h.ends_at > now() - interval '7 days'
    JOIN volunteers_activity a ON a.id = s.activity_id AND a.state = 'published'
    JOIN volunteers_volunteer v ON v.id = s.volunteer_id
    WHERE s.state IN ('placed', 'waiting', 'offered');
    IF person IS NULL OR reader IS NULL THEN
        RETURN;
    END IF;
    IF minor THEN
        RETURN QUERY SELECT person, NULL::bytea, true;
        RETURN;
    END IF;
    INSERT INTO volunteers_identityreveal
        (volunteer_id, committee_id, field, reason, user_id, user_label, at)
    SELECT person, i.committee_id, 'phone', why, reader, who, now()
    FROM volunteers_volunteeridentity i WHERE i.volunteer_id = person;
    RETURN QUERY SELECT person, i.phone_sealed, false
        FROM volunteers_volunteeridentity i WHERE i.volunteer_id = person;
END $$;
REVOKE ALL ON FUNCTION volunteers_phone_of_signup(bigint, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_phone_of_signup(bigint, text, text) TO {STAFF};
"""


class Migration(migrations.Migration):
    """Two functions; no table changes."""

    dependencies = [("volunteers", "0031_places")]

    operations = [
        migrations.RunSQL(MASKS, "DROP FUNCTION volunteers_phone_masks(bigint)"),
        migrations.RunSQL(PHONE, "DROP FUNCTION volunteers_phone_of_signup(bigint, text, text)"),
    ]
