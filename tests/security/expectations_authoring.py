"""Who gets which answer from the pages on which authors write; see `expectations`."""

from tests.security.rows import Row, everybody, only, read, row, write

AUTHORING: dict[str, Row] = {
    "courses:outline": read(only("author admin", "ok")),
    **{
        f"courses:{name}": row(
            get=only("author admin", "ok"), post=only("author admin", "mend"), put=everybody("how")
        )
        for name in ("new-course", "edit-course", "new-module", "edit-module", "new-activity")
    },
    "courses:move-part": write(only("author admin", "go")),
    "courses:archive-part": row(
        get=only("author admin", "ok"), post=only("author admin", "go"), put=everybody("how")
    ),
    "courses:restore-part": write(only("author admin", "go")),
    "courses:edit-content": read(only("author admin", "ok")),
    # Without its fields a form says nothing of what it was opened on: both are shown.
    **{
        f"courses:{name}": row(
            get=only("author admin", "ok"), post=only("author admin", "clash"), put=everybody("how")
        )
        for name in ("edit-settings", "edit-piece")
    },
    # An empty block is saved as it is; its author is led to what has to be mended.
    "courses:add-piece": row(
        get=only("author admin", "ok"), post=only("author admin", "go"), put=everybody("how")
    ),
    "courses:arrange-piece": write(only("author admin", "go")),
    "courses:bring-back-draft": write(only("author admin", "go")),
}
