from django.db import migrations

from portal.kit.append_only import keep_rows_unchanged


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_first_tables")]

    operations = [
        keep_rows_unchanged("courses_contentrevision"),
        keep_rows_unchanged("courses_modulecompletion"),
    ]
