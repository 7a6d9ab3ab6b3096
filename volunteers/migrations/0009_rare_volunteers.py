"""Minors and those who do not serve are found without reading a county."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('volunteers', '0008_registered_by_label'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='volunteer',
            index=models.Index(fields=['birth_date'], name='volunteer_birth_date'),
        ),
        migrations.AddIndex(
            model_name='volunteer',
            index=models.Index(condition=models.Q(('state', 'active'), _negated=True), fields=['-id'], name='volunteer_not_serving'),
        ),
    ]
