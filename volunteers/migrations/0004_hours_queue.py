"""Sheets can be sent back, the queue of waiting sheets has its indexes, and a day has 24 hours."""

from django.db import migrations, models

from core.tenancy.operations import InstallPolicies

# Standing records of a visitor lie with several committees, each hidden from the others, so the
# owner's eyes count them; the caller learns yes or no. The lock makes two who enter hours for the
# same person one after the other, also with an import, whose foreign keys wait for it.
DAY_HAS_ROOM = """
CREATE FUNCTION volunteers_day_has_room(person bigint, day date, more integer, besides bigint)
    RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM volunteers_volunteer WHERE id = person FOR UPDATE;
    RETURN more + coalesce(
        (SELECT sum(r.minutes) FROM volunteers_servicerecord r
         WHERE r.volunteer_id = person AND r.served_on = day AND NOT r.voided
           AND r.id IS DISTINCT FROM besides),
        0) <= 1440;
END $$;
REVOKE ALL ON FUNCTION volunteers_day_has_room FROM PUBLIC;
GRANT EXECUTE ON FUNCTION volunteers_day_has_room
    TO portal_tier1, portal_tier2, portal_tier3, portal_tier4, portal_job;
"""


class Migration(migrations.Migration):

    dependencies = [('volunteers', '0003_totals')]

    operations = [
        migrations.AddField(
            model_name='hourssheet',
            name='return_reason',
            field=models.CharField(blank=True, db_default='', max_length=200, verbose_name='reason'),
        ),
        migrations.AddField(
            model_name='hourssheet',
            name='returned_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='sent back at'),
        ),
        migrations.AddField(
            model_name='hourssheet',
            name='returned_by_label',
            field=models.CharField(blank=True, db_default='', max_length=60, verbose_name='sent back by'),
        ),
        migrations.RemoveIndex(model_name='servicerecord', name='record_waiting'),
        migrations.AddIndex(
            model_name='servicerecord',
            index=models.Index(condition=models.Q(('state', 'submitted')), fields=['tier1', 'sheet'], name='record_waiting_tier1'),
        ),
        migrations.AddIndex(
            model_name='servicerecord',
            index=models.Index(condition=models.Q(('state', 'submitted')), fields=['tier2', 'sheet'], name='record_waiting_tier2'),
        ),
        migrations.AddIndex(
            model_name='servicerecord',
            index=models.Index(condition=models.Q(('state', 'submitted')), fields=['tier3', 'sheet'], name='record_waiting_tier3'),
        ),
        migrations.RunSQL(DAY_HAS_ROOM, "DROP FUNCTION volunteers_day_has_room"),
        InstallPolicies("volunteers.hours.policies.TABLES"),
    ]
