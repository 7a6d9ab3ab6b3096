"""Whose name stands behind a registration, also where the account cannot be seen."""

import volunteers.registry.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('volunteers', '0007_imports'),
    ]

    operations = [
        migrations.AddField(
            model_name='volunteer',
            name='registered_by_label',
            field=models.CharField(db_default=volunteers.registry.models.ActingLabel(), editable=False, max_length=60, verbose_name='registered by'),
        ),
    ]
