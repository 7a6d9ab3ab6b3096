"""Who was typed into a draft's row lies sealed: it may be an identity number."""

from django.db import migrations, models

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [('volunteers', '0021_on_time')]

    operations = [
        migrations.RemoveField(model_name='draftrow', name='person'),
        migrations.AddField(
            model_name='draftrow',
            name='person_sealed',
            field=models.BinaryField(editable=False, null=True),
        ),
        InstallPolicies("volunteers.desk.policies.TABLES"),
    ]
