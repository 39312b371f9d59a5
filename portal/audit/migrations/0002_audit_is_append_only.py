from django.db import migrations

from portal.kit.append_only import keep_rows_unchanged


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first_tables")]

    operations = [keep_rows_unchanged("audit_auditevent")]
