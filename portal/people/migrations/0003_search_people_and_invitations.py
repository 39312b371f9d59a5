from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models.functions import Lower, Upper


class Migration(migrations.Migration):
    dependencies = [("people", "0002_session_epoch")]

    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                Lower("name"),
                "id",
                condition=models.Q(is_active=False),
                name="deactivated_person_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="user",
            index=GinIndex(fields=["roles"], name="person_by_role"),
        ),
        migrations.AddIndex(
            model_name="user",
            index=GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="person_name_search"),
        ),
        migrations.AddIndex(
            model_name="user",
            index=GinIndex(
                OpClass(Upper("email"), name="gin_trgm_ops"), name="person_email_search"
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                fields=["-id"],
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="open_invitations_latest_first",
            ),
        ),
    ]
