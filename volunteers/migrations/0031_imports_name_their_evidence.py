"""What a workbook brought in says that it was entered afterwards, and names the workbook."""

from django.db import migrations, models


NAME_THEM = """
    UPDATE volunteers_hourssheet SET evidence = title
    WHERE source = 'import' AND evidence = ''
"""


class Migration(migrations.Migration):

    dependencies = [
        ('volunteers', '0030_guardians_of_transfers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='hourssheet',
            name='source',
            field=models.CharField(choices=[('both_scans', 'check-in and check-out'), ('one_scan', 'one scan only'), ('roll_call', 'roll call'), ('backfill', 'entered afterwards'), ('import', 'entered afterwards, from a workbook'), ('self_claim', 'claimed by the volunteer'), ('synthetic', 'synthetic, for demonstration')], max_length=10, verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='servicerecord',
            name='source',
            field=models.CharField(choices=[('both_scans', 'check-in and check-out'), ('one_scan', 'one scan only'), ('roll_call', 'roll call'), ('backfill', 'entered afterwards'), ('import', 'entered afterwards, from a workbook'), ('self_claim', 'claimed by the volunteer'), ('synthetic', 'synthetic, for demonstration')], max_length=10, verbose_name='source'),
        ),
        migrations.AlterField(
            model_name='servicerecordhistory',
            name='source',
            field=models.CharField(choices=[('both_scans', 'check-in and check-out'), ('one_scan', 'one scan only'), ('roll_call', 'roll call'), ('backfill', 'entered afterwards'), ('import', 'entered afterwards, from a workbook'), ('self_claim', 'claimed by the volunteer'), ('synthetic', 'synthetic, for demonstration')], max_length=10, verbose_name='source'),
        ),
        migrations.RunSQL(NAME_THEM, migrations.RunSQL.noop),
    ]
