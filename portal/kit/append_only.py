"""A database trigger that keeps rows as they were written, for migrations of any app."""

from django.db import migrations

_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""


def keep_rows_unchanged(table: str) -> migrations.RunSQL:
    """Return the operation that makes `table` append-only: UPDATE and DELETE of rows fail."""
    trigger = f"{table}_is_append_only"
    return migrations.RunSQL(
        sql=f"""{_FUNCTION}
        CREATE TRIGGER {trigger} BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change();""",
        reverse_sql=f"DROP TRIGGER {trigger} ON {table};",
    )
