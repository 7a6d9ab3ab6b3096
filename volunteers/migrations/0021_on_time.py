"""Totals say how many records were entered within the statutory time limit."""

from django.db import migrations, models
from django.db.models import Q

# What has been counted is counted again, now with the records on time.
MARK = """
INSERT INTO volunteers_dirtycell (subject, committee_path, month, marked_at)
SELECT 'hours', committee_id, month, clock_timestamp() FROM volunteers_hourstotal GROUP BY 2, 3
"""


class Migration(migrations.Migration):

    dependencies = [('volunteers', '0020_own_evidence')]

    operations = [
        migrations.AddField(
            model_name='hourstotal',
            name='on_time',
            field=models.IntegerField(db_default=0, default=0, verbose_name='on time'),
        ),
        migrations.RemoveConstraint(model_name='hourstotal', name='hours_total_cell'),
        migrations.AddConstraint(
            model_name='hourstotal',
            constraint=models.UniqueConstraint(fields=('committee', 'month', 'kind'), include=('minutes', 'records', 'volunteers', 'on_time'), name='hours_total_cell'),
        ),
        migrations.RemoveIndex(model_name='servicerecord', name='record_confirmed_day'),
        migrations.AddIndex(
            model_name='servicerecord',
            index=models.Index(condition=Q(('state', 'confirmed')), fields=['served_on', 'committee'], include=('kind', 'minutes', 'volunteer', 'recorded_at'), name='record_confirmed_day'),
        ),
        migrations.RunSQL(MARK, migrations.RunSQL.noop),
    ]
