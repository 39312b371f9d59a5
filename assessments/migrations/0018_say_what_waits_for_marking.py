"""Attempts that wait for marking say so in how far their people are."""

from django.db import migrations

_SAY_SO = """
UPDATE courses_activityprogress p SET handed_in_at = a.finished_at
FROM assessments_attempt a
WHERE a.state = 'marking' AND a.user_id = p.user_id AND a.activity_id = p.activity_id
  AND p.finished_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0017_regrades_are_append_only"),
        ("courses", "0017_activities_wait_for_marking"),
    ]

    operations = [migrations.RunSQL(_SAY_SO, migrations.RunSQL.noop)]
