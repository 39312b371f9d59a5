from django.db import migrations

from portal.kit.append_only import keep_rows_unchanged


class Migration(migrations.Migration):
    dependencies = [("courses", "0010_changes_of_duties")]

    operations = [keep_rows_unchanged("courses_enrolmentchange")]
