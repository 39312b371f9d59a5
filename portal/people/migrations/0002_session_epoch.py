from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_first_tables")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="session_epoch",
            field=models.PositiveIntegerField(
                default=0,
                editable=False,
                help_text="Raised to end all of the person's sessions at their next request.",
            ),
        ),
    ]
