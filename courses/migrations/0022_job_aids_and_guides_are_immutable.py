from django.db import migrations

from portal.kit.append_only import keep_rows_unchanged


class Migration(migrations.Migration):
    dependencies = [("courses", "0021_job_aids_and_guides")]

    operations = [keep_rows_unchanged("courses_sheetversion")]
