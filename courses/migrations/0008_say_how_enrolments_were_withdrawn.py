from django.db import migrations


def say_how(apps, schema_editor):
    """Until now there was one way only: a lead withdrew it."""
    enrolments = apps.get_model("courses", "Enrolment").objects
    enrolments.filter(withdrawn_at__isnull=False).update(withdrawn_as="withdrawn")


def forget_how(apps, schema_editor):
    apps.get_model("courses", "Enrolment").objects.update(withdrawn_as="")


class Migration(migrations.Migration):
    dependencies = [("courses", "0007_due_policies_and_closing")]

    operations = [migrations.RunPython(say_how, forget_how)]
