from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0008_say_how_enrolments_were_withdrawn")]

    operations = [
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("course__isnull", True), ("module__isnull", False)),
                    models.Q(("course__isnull", False), ("module__isnull", True)),
                    _connector="OR",
                ),
                name="assignment_is_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("due_days__isnull", True),
                        ("due_kind", "on_date"),
                        ("due_on__isnull", False),
                    ),
                    models.Q(
                        models.Q(("due_kind", "on_date"), _negated=True),
                        ("due_days__isnull", False),
                        ("due_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="assignment_is_due_on_a_day_or_after_some",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawn_as", ""),
                        ("withdrawn_at__isnull", True),
                        ("withdrawn_by__isnull", True),
                    ),
                    models.Q(
                        ("withdrawn_as", "closed"),
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", True),
                    ),
                    models.Q(
                        ("withdrawn_as__in", ["withdrawn", "exempt"]),
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="enrolment_withdrawn_fields_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closes_at__isnull", True),
                    ("closes_at__gte", models.F("due_at")),
                    _connector="OR",
                ),
                name="enrolment_closes_at_its_due_time_or_later",
            ),
        ),
    ]
