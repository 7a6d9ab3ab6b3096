"""A sheet that was sent back is mended in the grid: its own drafts stand in no row's way there."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.tenancy.roles import STAFF_ROLES

STAFF = ", ".join(STAFF_ROLES)
BEFORE = import_module("volunteers.migrations.0004_hours").STRETCHES

# As before; only that drafts of the caller's own scope can be left out, which are about to be
# replaced. Of others' records nobody can ask whether it is they that stand in the way.
STRETCHES = f"""
DROP FUNCTION volunteers_stretches_taken;
CREATE FUNCTION volunteers_stretches_taken(
    people bigint[], days date[], starts timestamptz[], ends timestamptz[], holding boolean,
    besides bigint[] DEFAULT '{{}}')
    RETURNS TABLE (place bigint, taken boolean, counted bigint, gone boolean)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    replaced bigint[];
BEGIN
    SELECT coalesce(array_agg(r.id), '{{}}') INTO replaced FROM volunteers_servicerecord r
    WHERE r.id = ANY (besides) AND r.state = 'draft'
      AND r.committee_id ^@ nullif(current_setting('portal.committee', true), '');
    IF holding THEN
        PERFORM FROM volunteers_volunteer v WHERE v.id = ANY (people) ORDER BY v.id FOR UPDATE;
    END IF;
    RETURN QUERY
        SELECT asked.place,
               asked.starts IS NOT NULL AND EXISTS (
                   SELECT FROM volunteers_servicerecord r
                   WHERE r.volunteer_id = asked.person AND NOT r.voided
                     AND r.during && tstzrange(asked.starts, asked.ends)
                     AND r.id <> ALL (replaced)),
               coalesce((SELECT sum(r.minutes) FROM volunteers_servicerecord r
                         WHERE r.volunteer_id = asked.person AND r.served_on = asked.day
                           AND NOT r.voided AND r.id <> ALL (replaced)), 0)::bigint,
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
        ('organizations', '0002_policies'),
        ('volunteers', '0016_attendance'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(STRETCHES, f"DROP FUNCTION volunteers_stretches_taken; {BEFORE}"),
        migrations.AddField(
            model_name='draft',
            name='sheet',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.hourssheet'),
        ),
        migrations.AddField(
            model_name='draftrow',
            name='mends',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.servicerecord'),
        ),
        migrations.AddField(
            model_name='draftrow',
            name='mends_stamp',
            field=models.CharField(blank=True, db_default='', editable=False, max_length=64),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('sheet',), name='draft_of_sheet_once'),
        ),
    ]
