"""Who has moved to another committee goes on reading what was learnt before."""

from django.db import migrations

from core.tenancy.operations import InstallPolicies
from core.tenancy.roles import Role

# As a function: policies of enrolments read sessions, so those of sessions cannot read enrolments.
MINE = f"""
CREATE FUNCTION training_is_mine(which_course bigint, which_session bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM training_enrolment e
        WHERE e.volunteer_id = nullif(current_setting('portal.volunteer', true), '')::bigint
          AND (e.course_id = which_course OR e.session_id = which_session))
$$;
REVOKE ALL ON FUNCTION training_is_mine(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION training_is_mine(bigint, bigint) TO {Role.VOLUNTEER};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0002_guards'),
    ]

    operations = [
        migrations.RunSQL(MINE, "DROP FUNCTION training_is_mine(bigint, bigint) CASCADE"),
        InstallPolicies("training.courses.policies.TABLES"),
        InstallPolicies("training.sessions.policies.TABLES"),
    ]
