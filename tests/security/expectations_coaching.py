"""Who gets which answer from the pages of feedback sessions and calibration rounds."""

from tests.security.rows import Row, everybody, only, read, row, signed_in, write

# Only the two people of a session: the agent and the lead among the viewers
COACHING: dict[str, Row] = {
    "coaching:words": row(
        get=only("lead admin", "ok"), post=only("lead admin", "mend"), put=everybody("how")
    ),
    "coaching:needs": read(only("lead admin", "ok")),
    "coaching:nudge": row(
        get=only("lead admin", "ok"), post=only("lead admin", "mend"), put=everybody("how")
    ),
    "coaching:observe": row(
        get="sign-in none ok none none none sign-in",
        post="sign-in none mend none none none sign-in",
        put=everybody("how"),
    ),
    "coaching:sessions": row(get=signed_in("ok"), post=everybody("how")),
    "coaching:overview": read(only("admin", "ok", others="no")),
    # Only who rates in a round; an admin is not asked for their own sake.
    "coaching:calibrations": read(only("lead admin", "ok")),
    "coaching:open-calibration": row(
        get=only("lead admin", "ok"), post=only("lead admin", "mend"), put=everybody("how")
    ),
    "coaching:calibration": row(
        get="sign-in no ok no none no sign-in", post=everybody("how"), put=everybody("how")
    ),
    "coaching:rate-calibration": write("sign-in no mend no none no sign-in"),
    "coaching:show-calibration": write("sign-in no go no none no sign-in"),
    "coaching:agree-calibration": write("sign-in no go no none no sign-in"),
    "coaching:heard": read(only("agent lead admin", "ok", others="none")),
    "coaching:ask": row(get=signed_in("ok"), post=signed_in("mend"), put=everybody("how")),
    # Agents meet as peers.
    "coaching:plan": row(get=signed_in("ok"), post=signed_in("mend"), put=everybody("how")),
    "coaching:reply": row(get=everybody("ok"), post=everybody("mend"), put=everybody("how")),
    "coaching:my-feed": row(get=signed_in("ok"), post=signed_in("go"), put=signed_in("how")),
    "coaching:feed": row(get=everybody("ok"), post=everybody("how"), put=everybody("how")),
    "coaching:hand-over": row(
        get="sign-in none ok none none none sign-in",
        post="sign-in none mend none none none sign-in",
        put=everybody("how"),
    ),
    "coaching:session": row(get="sign-in ok ok none none none sign-in", post=everybody("how")),
    "coaching:live": row(get="sign-in ok ok none none none sign-in", post=everybody("how")),
    "coaching:prepare": row(get="sign-in ok ok none none none sign-in", post=everybody("how")),
    "coaching:replay": row(get="sign-in ok ok none none none sign-in", post=everybody("how")),
    "coaching:mentoring": read(signed_in("ok")),
    "coaching:propose-mentoring": write("sign-in no mend no mend no sign-in"),
    "coaching:mentoring-pair": row(
        get="sign-in ok none none none none sign-in",
        post="sign-in go none none none none sign-in",
        put=everybody("how"),
    ),
    "coaching:my-notes": row(get=signed_in("ok"), post=signed_in("go"), put=everybody("how")),
    "coaching:notes-requests": read(only("admin", "ok", others="no")),
    "coaching:review-notes": row(
        get=only("admin", "ok", others="no"),
        post=only("admin", "ok", others="no"),
        put=everybody("how"),
    ),
    "coaching:release-notes": row(
        get=everybody("how"), post=only("admin", "go", others="no"), put=everybody("how")
    ),
    "coaching:guide": row(get=signed_in("ok"), post=everybody("how")),
    "coaching:move": row(
        get="sign-in none ok none none none sign-in",
        post="sign-in none mend none none none sign-in",
        put=everybody("how"),
    ),
    "coaching:cancel": row(
        get="sign-in ok ok none none none sign-in",
        post="sign-in go go none none none sign-in",
        put=everybody("how"),
    ),
    "coaching:answer": row(
        get=everybody("how"), post="sign-in go none none none none sign-in", put=everybody("how")
    ),
    "coaching:stop-repeating": row(
        get=everybody("how"), post="sign-in go go none none none sign-in", put=everybody("how")
    ),
    "coaching:begin": row(
        get=everybody("how"), post="sign-in go go none none none sign-in", put=everybody("how")
    ),
    "coaching:close": row(
        get=everybody("how"), post="sign-in go go none none none sign-in", put=everybody("how")
    ),
    "coaching:agenda": row(get=everybody("how"), post=signed_in("none"), put=everybody("how")),
    "coaching:notes": row(
        get=everybody("how"), post="sign-in go go none none none sign-in", put=everybody("how")
    ),
    "coaching:actions": row(
        get=everybody("how"), post="sign-in mend mend none none none sign-in", put=everybody("how")
    ),
    "coaching:settle": row(get=everybody("how"), post=signed_in("none"), put=everybody("how")),
    "coaching:acknowledge": row(
        get=everybody("how"), post="sign-in go go none none none sign-in", put=everybody("how")
    ),
}
