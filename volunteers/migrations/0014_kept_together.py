"""Family ties go along with a merge; what stays is counted too; skills are written in one place."""

from django.db import migrations

from core.tenancy.roles import STAFF_ROLES, Role
from volunteers.registry.ownership import InstallReferences

STAFF = ", ".join(map(str, STAFF_ROLES))

_COUNTS = """
CREATE OR REPLACE FUNCTION volunteers_merge_counts(survivor bigint, merged bigint)
RETURNS TABLE (tab text, counted bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    refers record;
BEGIN
    IF volunteers_acts_for_both(survivor, merged) IS NOT TRUE THEN
        RETURN;
    END IF;
    {loops}
    RETURN QUERY SELECT 'account.survivor', count(*) FROM organizations_user u
        WHERE u.volunteer_id = survivor;
    RETURN QUERY SELECT 'account.merged', count(*) FROM organizations_user u
        WHERE u.volunteer_id = merged;
END $$;
"""
_MOVING = """
    FOR refers IN SELECT * FROM volunteers_references() AS r WHERE r.moves LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %L, count(*) FROM %I WHERE %I = $2 AND (%s)',
            refers.tab || '.' || refers.col, refers.tab, refers.col, refers.settled)
            USING survivor, merged;
    END LOOP;
"""
_STAYING = """
    FOR refers IN SELECT * FROM volunteers_references() AS r LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %L, count(*) FROM %I WHERE %I = $2 AND NOT (%s)',
            'stays:' || refers.tab || '.' || refers.col, refers.tab, refers.col,
            CASE WHEN refers.moves THEN refers.settled ELSE 'false' END)
            USING survivor, merged;
    END LOOP;
"""

# The column follows the words of the list that hold for the person, and keeps what the list has no
# word for. It derives what it writes from rows alone, so it does no harm whoever calls it.
SKILLS = f"""
CREATE FUNCTION volunteers_write_skills(person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    kept varchar[];
BEGIN
    SELECT coalesce(array_agg(found.word ORDER BY found.part, found.place), '{{}}') INTO kept
    FROM (
        SELECT t.name AS word, 1 AS part, t.position::bigint * 1000000 + t.id AS place
        FROM volunteers_volunteerterm h JOIN volunteers_term t ON t.id = h.term_id
        WHERE h.volunteer_id = person AND t.kind = 'skill'
        UNION ALL
        SELECT w.word, 2, w.place
        FROM volunteers_volunteer v
        CROSS JOIN LATERAL unnest(v.skills) WITH ORDINALITY AS w (word, place)
        WHERE v.id = person AND NOT EXISTS (
            SELECT FROM volunteers_term t
            WHERE t.kind = 'skill' AND (t.name = w.word OR w.word = ANY (t.also)))
    ) found;
    UPDATE volunteers_volunteer SET skills = kept WHERE id = person AND skills <> kept;
END $$;
REVOKE ALL ON FUNCTION volunteers_write_skills(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_write_skills(bigint) TO {STAFF}, {Role.VOLUNTEER};
"""

NO_SKILLS = "DROP FUNCTION volunteers_write_skills(bigint);"

# Who asked for it and has come of age since has nobody to wait for. What the committee asked for
# waits for the person from that day on.
GROWN = f"""
CREATE FUNCTION volunteers_release_grown() RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH released AS (
        UPDATE volunteers_transfer t SET guardian = ''
        FROM volunteers_volunteer v
        WHERE v.id = t.volunteer_id AND t.state = 'waiting' AND t.guardian = 'asked'
          AND t.asked_side = 'person' AND NOT volunteers_is_minor(v.birth_date)
        RETURNING 1
    )
    SELECT count(*) FROM released
$$;
REVOKE ALL ON FUNCTION volunteers_release_grown() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_release_grown() TO {Role.JOB};
CREATE FUNCTION volunteers_person_agrees(asked bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE volunteers_transfer t SET guardian = ''
    FROM volunteers_volunteer v
    WHERE t.id = asked AND v.id = t.volunteer_id AND volunteers_is_self(v.id)
      AND t.state = 'waiting' AND t.guardian = 'asked' AND NOT volunteers_is_minor(v.birth_date);
    RETURN CASE WHEN FOUND THEN '' ELSE 'answered' END;
END $$;
REVOKE ALL ON FUNCTION volunteers_person_agrees(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_person_agrees(bigint) TO {Role.VOLUNTEER};
"""

NOT_GROWN = """
DROP FUNCTION volunteers_person_agrees(bigint);
DROP FUNCTION volunteers_release_grown();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("volunteers", "0013_policies"),
    ]

    operations = [
        InstallReferences(),
        migrations.RunSQL(
            _COUNTS.format(loops=_MOVING + _STAYING), _COUNTS.format(loops=_MOVING)
        ),
        migrations.RunSQL(SKILLS, NO_SKILLS),
        migrations.RunSQL(GROWN, NOT_GROWN),
    ]
