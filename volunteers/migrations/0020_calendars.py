"""Secret addresses of calendars."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.tenancy.operations import InstallPolicies
from volunteers.registry.ownership import InstallReferences


class Migration(migrations.Migration):

    dependencies = [
        ('volunteers', '0019_checkins'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('made_at', models.DateTimeField(verbose_name='made at')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('volunteer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='volunteers.volunteer')),
            ],
            options={
                'verbose_name': 'calendar address',
                'verbose_name_plural': 'calendar addresses',
                'constraints': [models.UniqueConstraint(fields=('volunteer', 'user'), name='calendar_feed_once')],
            },
        ),
        InstallPolicies("volunteers.feeds.policies.TABLES"),
        InstallReferences(),
    ]
