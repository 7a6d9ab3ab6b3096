"""Columns by which the desk finds people as one types, and what it may ask about hidden records."""

import django.db.models.functions.text
from django.db import migrations, models

from core.tenancy.roles import STAFF_ROLES

STAFF = ", ".join(STAFF_ROLES)

# Standing records of a visitor lie with several committees, each hidden from the others, so the
# owner's eyes look. Of each stretch the caller learns whether it is free, how many minutes of the
# day are taken and whether the person has withdrawn, and nothing else. With `holding`, the people
# are locked one after the other in one order, as `volunteers_day_has_room` locks one: who enters
# hours for the same people waits, and then sees what was entered.
STRETCHES = f"""
CREATE FUNCTION volunteers_stretches_taken(
    people bigint[], days date[], starts timestamptz[], ends timestamptz[], holding boolean)
    RETURNS TABLE (place bigint, taken boolean, counted bigint, gone boolean)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF holding THEN
        PERFORM FROM volunteers_volunteer v WHERE v.id = ANY (people) ORDER BY v.id FOR UPDATE;
    END IF;
    RETURN QUERY
        SELECT asked.place,
               asked.starts IS NOT NULL AND EXISTS (
                   SELECT FROM volunteers_servicerecord r
                   WHERE r.volunteer_id = asked.person AND NOT r.voided
                     AND r.during && tstzrange(asked.starts, asked.ends)),
               coalesce((SELECT sum(r.minutes) FROM volunteers_servicerecord r
                         WHERE r.volunteer_id = asked.person AND r.served_on = asked.day
                           AND NOT r.voided), 0)::bigint,
               v.state = 'withdrawn'
        FROM unnest(people, days, starts, ends)
             WITH ORDINALITY AS asked (person, day, starts, ends, place)
        JOIN volunteers_volunteer v ON v.id = asked.person;
END $$;
REVOKE ALL ON FUNCTION volunteers_stretches_taken FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_stretches_taken TO {STAFF};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('volunteers', '0012_desk_drafts'),
    ]

    operations = [
        migrations.AddField(
            model_name='volunteer',
            name='given',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Substr('name', 2), output_field=models.CharField(db_collation='C', max_length=50)),
        ),
        migrations.AddField(
            model_name='volunteer',
            name='identity_tail',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Reverse(django.db.models.functions.text.Right('identity_mask', 4)), output_field=models.CharField(db_collation='C', max_length=4)),
        ),
        migrations.AddField(
            model_name='volunteer',
            name='phone_tail',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Reverse(django.db.models.functions.text.Right('phone_mask', 4)), output_field=models.CharField(db_collation='C', max_length=4)),
        ),
        migrations.AddIndex(
            model_name='volunteer',
            index=models.Index(fields=['given', 'tier2', 'tier3'], name='volunteer_given'),
        ),
        migrations.AddIndex(
            model_name='volunteer',
            index=models.Index(fields=['phone_tail', 'tier2', 'tier3'], name='volunteer_phone_tail'),
        ),
        migrations.AddIndex(
            model_name='volunteer',
            index=models.Index(fields=['identity_tail', 'tier2', 'tier3'], name='volunteer_identity_tail'),
        ),
        migrations.RunSQL(STRETCHES, "DROP FUNCTION volunteers_stretches_taken"),
    ]
