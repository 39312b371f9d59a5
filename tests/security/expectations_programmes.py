"""Who gets which answer from the pages of programmes."""

from tests.security.rows import Row, everybody, only, read, row, signed_in, write

PROGRAMMES: dict[str, Row] = {
    "programmes:my-programmes": read(signed_in("ok")),
    "programmes:programme": read(only("agent lead admin", "ok", others="none")),
    "programmes:tick": write(only("agent", "go", others="none")),
    "programmes:answer": write(only("agent", "mend", others="none")),
    "programmes:team-programmes": read(only("lead admin", "ok")),
    "programmes:withdraw": row(
        get=only("lead admin", "ok"), post=only("lead admin", "go"), put=everybody("how")
    ),
    "programmes:write": row(
        get=only("lead admin", "ok"), post=only("lead admin", "mend"), put=everybody("how")
    ),
    "programmes:rewrite": row(
        get=only("lead admin", "ok"), post=only("lead admin", "mend"), put=everybody("how")
    ),
    "programmes:archive": row(
        get=only("lead admin", "ok"), post=only("lead admin", "go"), put=everybody("how")
    ),
    # Without people there is nothing to propose.
    "programmes:plan": row(
        get=only("lead admin", "ok"), post=only("lead admin", "mend"), put=everybody("how")
    ),
    "programmes:give": row(
        get=only("lead admin", "ok"), post=only("lead admin", "mend"), put=everybody("how")
    ),
}
