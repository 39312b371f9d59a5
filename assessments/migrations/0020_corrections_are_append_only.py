"""Corrections of marks are never changed or deleted: the database keeps them so."""

from django.db import migrations

from portal.kit.append_only import keep_rows_unchanged


class Migration(migrations.Migration):
    dependencies = [("assessments", "0019_marks_are_corrected")]

    operations = [keep_rows_unchanged("assessments_markcorrection")]
