"""Imports say how many rows said what stood already."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('volunteers', '0028_who_looked'),
    ]

    operations = [
        migrations.AddField(
            model_name='importrun',
            name='unchanged',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='unchanged'),
        ),
    ]
