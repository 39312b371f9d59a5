from django.db import migrations

from portal.kit.append_only import keep_rows_unchanged


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_evidence_and_estimates")]

    operations = [
        keep_rows_unchanged("assessments_skillevidence"),
        keep_rows_unchanged("assessments_safetycheck"),
    ]
