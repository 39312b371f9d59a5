from django.db import migrations

from portal.kit.append_only import keep_rows_unchanged


class Migration(migrations.Migration):
    dependencies = [("courses", "0015_refresher_versions")]

    operations = [keep_rows_unchanged("courses_refresherversion")]
