"""Visitors read the words of the province: a public call says which skills it needs."""

from django.db import migrations

from core.tenancy.operations import InstallPolicies


class Migration(migrations.Migration):

    dependencies = [("volunteers", "0017_mending")]

    operations = [InstallPolicies("volunteers.vocabulary.policies.TABLES")]
