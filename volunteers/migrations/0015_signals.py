"""Signals about records that await confirmation, and the marks that ask for a look."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models

import core.tenancy.keys
from core.tenancy.operations import InstallPolicies

# One mark a sheet and statement is enough, however many rows changed.
MARKING = """
CREATE FUNCTION volunteers_mark_sheets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO volunteers_unseensheet (sheet_id, committee_path, marked_at)
        SELECT sheet_id, committee_id, clock_timestamp()
        FROM old_rows WHERE state = 'submitted' GROUP BY 1, 2;
    END IF;
    INSERT INTO volunteers_unseensheet (sheet_id, committee_path, marked_at)
    SELECT sheet_id, committee_id, clock_timestamp()
    FROM new_rows WHERE state = 'submitted' GROUP BY 1, 2;
    RETURN NULL;
END $$;
CREATE TRIGGER mark_sheets_insert AFTER INSERT ON volunteers_servicerecord
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION volunteers_mark_sheets();
CREATE TRIGGER mark_sheets_update AFTER UPDATE ON volunteers_servicerecord
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION volunteers_mark_sheets();
"""
# What waits on the day of the change is looked at too.
MARK_WAITING = """
INSERT INTO volunteers_unseensheet (sheet_id, committee_path, marked_at)
SELECT sheet_id, committee_id, now() FROM volunteers_servicerecord
WHERE state = 'submitted' GROUP BY 1, 2
"""


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0005_rules'),
        ('volunteers', '0014_exports'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnseenSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet_id', models.BigIntegerField()),
                ('committee_path', core.tenancy.keys.PathKeyField(db_collation='C', max_length=16)),
                ('marked_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'sheet to look at',
                'verbose_name_plural': 'sheets to look at',
                'indexes': [models.Index(fields=['sheet_id'], name='unseen_sheet')],
            },
        ),
        migrations.CreateModel(
            name='RecordSignal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('code', models.CharField(choices=[('long_day', 'long day'), ('long_stretch', 'long record'), ('minor_at_night', 'minor at night'), ('early', 'early'), ('same_minute', 'same minute, one hand'), ('stranger', 'never seen here'), ('late_entry', 'entered late'), ('jump', 'sudden jump'), ('round', 'whole hours throughout')], max_length=14)),
                ('figure', models.IntegerField()),
                ('against', models.IntegerField()),
                ('waiting', models.BooleanField(default=True)),
                ('found_at', models.DateTimeField()),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('record', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='volunteers.servicerecord')),
                ('sheet', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='volunteers.hourssheet')),
            ],
            options={
                'verbose_name': 'signal',
                'verbose_name_plural': 'signals',
                'indexes': [models.Index(condition=models.Q(('waiting', True)), fields=['tier1', 'sheet'], name='signal_waiting_tier1'), models.Index(condition=models.Q(('waiting', True)), fields=['tier2', 'sheet'], name='signal_waiting_tier2'), models.Index(condition=models.Q(('waiting', True)), fields=['tier3', 'sheet'], name='signal_waiting_tier3'), models.Index(fields=['sheet', 'record'], name='signal_sheet')],
                'constraints': [models.UniqueConstraint(fields=('record', 'code'), name='signal_once')],
            },
        ),
        migrations.RunSQL(MARKING, "DROP FUNCTION volunteers_mark_sheets() CASCADE"),
        migrations.RunSQL(MARK_WAITING, migrations.RunSQL.noop),
        InstallPolicies("volunteers.signals.policies.TABLES"),
    ]
