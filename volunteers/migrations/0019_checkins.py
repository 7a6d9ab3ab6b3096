"""Scans at the door."""

import datetime as dt
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models



class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_policies'),
        ('volunteers', '0018_public_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier1', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 4), output_field=models.CharField(db_collation='C', max_length=4))),
                ('tier2', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 8), output_field=models.CharField(db_collation='C', max_length=8))),
                ('tier3', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('committee_id', 12), output_field=models.CharField(db_collation='C', max_length=12))),
                ('direction', models.CharField(choices=[('in', 'in'), ('out', 'out')], max_length=3)),
                ('way', models.CharField(choices=[('own_scan', 'the volunteer scanned the code at the door'), ('desk_scan', "the organiser scanned the volunteer's code"), ('kiosk', 'typed at the door')], max_length=9)),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('nonce', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('by_label', models.CharField(max_length=60)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('committee', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.committee', verbose_name='committee')),
                ('shift', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='checkins', to='volunteers.shift')),
                ('signup', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='checkins', to='volunteers.signup')),
            ],
            options={
                'verbose_name': 'check-in',
                'verbose_name_plural': 'check-ins',
                'indexes': [models.Index(fields=['signup', 'at'], name='checkin_signup'), models.Index(fields=['shift', '-id'], name='checkin_shift_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('at__lte', django.db.models.expressions.CombinedExpression(models.F('received_at'), '+', models.Value(dt.timedelta(seconds=120))))), name='checkin_not_ahead')],
            },
        ),
    ]
