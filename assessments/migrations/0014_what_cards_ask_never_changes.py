from django.db import migrations

from portal.kit.append_only import keep_rows_unchanged

_SOURCE = (
    "user_id",
    "kind",
    "module_id",
    "revision_id",
    "version_id",
    "attempt_id",
    "step_id",
    "reply_number",
    "begun_on",
)
_OLD, _NEW = (", ".join(f"{row}.{name}" for name in _SOURCE) for row in ("OLD", "NEW"))


class Migration(migrations.Migration):
    dependencies = [("assessments", "0013_refresher_cards")]

    operations = [
        keep_rows_unchanged("assessments_cardreview"),
        migrations.RunSQL(
            sql=f"""
            CREATE TRIGGER card_source_never_changes BEFORE UPDATE ON assessments_spacedcard
                FOR EACH ROW WHEN (ROW({_OLD}) IS DISTINCT FROM ROW({_NEW}))
                EXECUTE FUNCTION refuse_change();
            CREATE TRIGGER cards_are_never_deleted BEFORE DELETE ON assessments_spacedcard
                FOR EACH ROW EXECUTE FUNCTION refuse_change();""",
            reverse_sql="""
            DROP TRIGGER card_source_never_changes ON assessments_spacedcard;
            DROP TRIGGER cards_are_never_deleted ON assessments_spacedcard;""",
        ),
    ]
