"""Whether two entries name the same guardian is told by a blind index, not by a mask."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.crypto.blind_index import GUARDIAN_PHONE, blind_index
from core.crypto.sealing import sealing_context, unseal
from volunteers.registry.ownership import InstallReferences

_BATCH = 500


def index_guardians(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    model = apps.get_model("volunteers", "VolunteerIdentity")
    # The migration's own connection: any other waits for the column that it adds.
    identities = model.objects.using(schema.connection.alias)
    rows = identities.filter(guardian_phone_sealed__isnull=False, guardian_phone_index=None)
    while found := list(rows.order_by("pk")[:_BATCH]):
        for row in found:
            context = sealing_context("volunteers.guardian_phone", row.pk)
            phone = unseal(row.guardian_phone_sealed or b"", context=context)
            row.guardian_phone_index = blind_index(phone, purpose=GUARDIAN_PHONE)
        identities.bulk_update(found, ["guardian_phone_index"])


class Migration(migrations.Migration):

    dependencies = [
        ("volunteers", "0025_sealed_everywhere"),
    ]

    operations = [
        migrations.AddField(
            "volunteeridentity",
            "guardian_phone_index",
            models.BinaryField(max_length=32, null=True),
        ),
        migrations.RunPython(index_guardians, migrations.RunPython.noop),
        InstallReferences(),
    ]
