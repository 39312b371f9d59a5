"""Who gets which answer from every address: the whole table of access, written by hand.

Each row gives, for each method, the answers to the viewers in the order of `VIEWERS`: ok (200),
done (204), go (a redirect), sign-in (a redirect to signing in), bad (400), no (403), none (404),
how (405), clash (409), mend (422), later (429). A POST is sent without any fields.

To add an address, run the test: it fails with the row that is answered now, ready to be pasted.
Think before you do; the row is what you answer for. An address with parameters first needs a
`Target` in `tests/security/targets.py`.
"""

from tests.security.expectations_authoring import AUTHORING
from tests.security.expectations_coaching import COACHING
from tests.security.expectations_programmes import PROGRAMMES
from tests.security.rows import (
    VIEWERS,
    Row,
    everybody,
    only,
    operators,
    read,
    row,
    signed_in,
    write,
)

__all__ = ["EXPECTATIONS", "VIEWERS", "WITHOUT_CSRF_TOKEN", "WITHOUT_SECOND_STEP"]

_ADMINS_READ = row(get=only("admin", "ok"), post=only("admin", "how"))
_ADMINS_FILL_IN = row(get=only("admin", "ok"), post=only("admin", "ok"), put=only("admin", "how"))
_ADMINS_CONFIRM = row(get=only("admin", "ok"), post=only("admin", "go"), put=only("admin", "how"))
_ADMINS_POST = row(get=only("admin", "how"), post=only("admin", "go"), put=only("admin", "how"))
_LEADS_FILL_IN = row(
    get=only("lead admin", "ok"), post=only("lead admin", "mend"), put=everybody("how")
)

PEOPLE: dict[str, Row] = {
    "people:people-list": _ADMINS_READ,
    "people:invite": _ADMINS_FILL_IN,
    "people:invitations": _ADMINS_READ,
    "people:withdraw-invitation": _ADMINS_POST,
    "people:renew-invitation": _ADMINS_POST,
    "people:person": _ADMINS_FILL_IN,
    "people:deactivate": _ADMINS_CONFIRM,
    "people:reactivate": _ADMINS_CONFIRM,
    "people:forget-second-step": _ADMINS_CONFIRM,
    "people:tags": row(
        get=only("lead admin", "ok"), post=only("lead admin", "go"), put=everybody("how")
    ),
    "people:profile": row(get=signed_in("ok"), post=signed_in("ok"), put=signed_in("how")),
    "people:theme": row(get=everybody("how"), post=everybody("bad"), put=everybody("how")),
    "people:accept-invitation": row(
        get=everybody("ok"), post=everybody("ok"), put=everybody("how")
    ),
}

SITE: dict[str, Row] = {
    "home": row(get=signed_in("go"), post=signed_in("go")),
    "ops:live": row(get=everybody("ok"), post=everybody("how")),
    "ops:ready": row(get=everybody("ok"), post=everybody("how")),
}

# allauth: a redirect means that one is signed in already, or has to show the password again
ACCOUNT: dict[str, Row] = {
    "account_login": row(
        get=signed_in("go", others="ok"),
        post=signed_in("go", others="ok"),
        delete=signed_in("go", others="how"),
    ),
    "account_logout": row(get=signed_in("ok"), post=everybody("sign-in"), put=everybody("how")),
    "account_inactive": row(get=everybody("ok"), post=everybody("how")),
    "account_signup": row(get=signed_in("go", others="ok"), post=signed_in("go", others="ok")),
    "account_reauthenticate": row(
        get=signed_in("ok"), post=signed_in("ok"), delete=signed_in("how")
    ),
    "account_email": row(get=signed_in("ok"), post=signed_in("go"), delete=signed_in("how")),
    "account_email_verification_sent": row(get=everybody("ok"), post=everybody("how")),
    "account_change_password": row(
        get=signed_in("ok"), post=signed_in("ok"), delete=signed_in("how")
    ),
    "account_set_password": row(get=signed_in("go"), post=signed_in("go")),
    "account_reset_password": row(
        get=everybody("ok"), post=everybody("ok"), delete=everybody("how")
    ),
    "account_confirm_login_code": row(get=signed_in("go"), post=signed_in("go")),
    "account_confirm_email": row(
        get=everybody("ok"), post=everybody("sign-in"), put=everybody("how")
    ),
    "account_reset_password_from_key_done": row(get=everybody("ok"), post=everybody("how")),
    "account_reset_password_from_key": row(get=everybody("go"), post=everybody("go")),
    "account_reset_password_done": row(get=everybody("ok"), post=everybody("how")),
}

# allauth: of the viewers, only the agent has a passkey (and recovery codes)
SECOND_STEP: dict[str, Row] = {
    "mfa_index": row(get=signed_in("ok"), post=signed_in("how")),
    "mfa_authenticate": row(get=signed_in("go"), post=signed_in("go")),
    "mfa_reauthenticate": row(
        get="sign-in ok go go go go sign-in",
        post="sign-in ok go go go go sign-in",
        delete="sign-in how go go go go sign-in",
    ),
    "mfa_activate_totp": row(get=signed_in("go"), post=signed_in("go")),
    "mfa_deactivate_totp": row(get=signed_in("none"), post=signed_in("none")),
    "mfa_view_recovery_codes": row(
        get="sign-in go none none none none sign-in", post=signed_in("how")
    ),
    "mfa_generate_recovery_codes": row(get=signed_in("go"), post=signed_in("go")),
    "mfa_download_recovery_codes": row(
        get="sign-in go none none none none sign-in", post="sign-in go none none none none sign-in"
    ),
    "mfa_list_webauthn": row(get=signed_in("ok"), post=signed_in("how")),
    "mfa_add_webauthn": row(get=signed_in("go"), post=signed_in("go")),
    "mfa_reauthenticate_webauthn": row(
        get="sign-in ok go go go go sign-in",
        post="sign-in sign-in go go go go sign-in",
        delete="sign-in how go go go go sign-in",
    ),
    "mfa_remove_webauthn": row(get=signed_in("go"), post=signed_in("go")),
    "mfa_edit_webauthn": row(get=signed_in("go"), post=signed_in("go")),
    "mfa_login_webauthn": row(
        get=signed_in("go"), post=signed_in("go"), delete=signed_in("go", others="how")
    ),
}

# The operators' admin: what every model has, then what differs
_MODELS = (
    "account_emailaddress",
    "audit_auditevent",
    "mfa_authenticator",
    "people_invitation",
    "people_membership",
    "people_team",
    "people_user",
)
_READ = row(get=operators("ok"), post=operators("ok"))
_REFUSED = row(get=operators("no"), post=operators("no"))
_KEPT = row(get=operators("ok"), post=operators("no"), put=operators("ok"))
_LEADS_ON = row(get=operators("go"), post=operators("go"))
OPERATORS: dict[str, Row] = {
    "admin:index": row(get=operators("ok"), post=operators("ok")),
    "admin:login": row(
        get="sign-in no no no no go sign-in",
        post="sign-in no no no no ok sign-in",
        delete="sign-in no no no no how sign-in",
    ),
    "admin:logout": row(
        get="go go go go go how go", post="go go go go go ok go", put="go go go go go how go"
    ),
    "admin:password_change": row(
        get=operators("ok"), post=operators("ok"), delete=operators("how")
    ),
    "admin:password_change_done": row(get=operators("ok"), post=operators("how")),
    "admin:autocomplete": row(get=operators("no"), post=operators("how")),
    "admin:jsi18n": row(get=operators("ok"), post=operators("how")),
    "admin:view_on_site": row(get=operators("none"), post=operators("none")),
    "admin:app_list": row(get=operators("ok"), post=operators("ok")),
    "operators/(?P<url>.*)$": row(get=operators("none"), post=operators("none")),
    **{f"admin:{model}_{page}": _READ for model in _MODELS for page in ("changelist", "history")},
    **{f"admin:{model}_{page}": _REFUSED for model in _MODELS for page in ("add", "delete")},
    **{f"admin:{model}_change": _KEPT for model in _MODELS},
    **{f"operators/{model.replace('_', '/')}/<path:object_id>/": _LEADS_ON for model in _MODELS},
    "admin:people_team_add": _READ,
    "admin:people_team_change": _READ,
    "admin:people_membership_add": _READ,
    "admin:people_user_change": row(get=operators("ok"), post=operators("go"), put=operators("ok")),
}

MAIL: dict[str, Row] = {
    "notifications:outbox": _ADMINS_READ,
    "notifications:preferences": row(
        get=signed_in("ok"), post=signed_in("go"), put=signed_in("how")
    ),
    "notifications:unsubscribe": row(
        get=everybody("ok"), post=everybody("ok"), put=everybody("how")
    ),
    "notifications:mail": _ADMINS_READ,
    # A mail that has not gone out yet has no text to show.
    "notifications:mail-body": row(get=only("admin", "none"), post=only("admin", "how")),
    "notifications:send-again": _ADMINS_CONFIRM,
}

COURSES: dict[str, Row] = {
    "courses:my-learning": read(signed_in("ok")),
    "courses:catalogue": read(signed_in("ok")),
    "courses:module": read(signed_in("ok")),
    "courses:job-aids": read(signed_in("ok")),
    "courses:job-aid": read(signed_in("ok")),
    "courses:lead-guide": read(only("lead admin", "ok")),
    "courses:read-lesson": read(signed_in("ok")),
    "courses:media": read(signed_in("ok")),
    "courses:mark-place": write(signed_in("mend")),
    "courses:answer-block": write(signed_in("go")),
    "courses:finish-lesson": write(signed_in("go")),
    "courses:export": read(only("author admin", "ok")),
    "courses:import": row(
        get=only("author admin", "ok"), post=only("author admin", "mend"), put=everybody("how")
    ),
    "courses:content-list": read(only("author admin", "ok")),
    "courses:content-revisions": read(only("author admin", "ok")),
    "courses:content-revision": read(only("author admin", "ok")),
    "courses:compare-revisions": read(only("author admin", "ok")),
    "courses:preview-lesson": read(only("author admin", "ok")),
    "courses:draft": row(
        get=only("author admin", "ok"), post=only("author admin", "mend"), put=everybody("how")
    ),
    # A redirect to the draft: there is nothing to publish.
    "courses:publish": row(
        get=only("author admin", "go"), post=only("author admin", "go"), put=everybody("how")
    ),
    "courses:panels": read(only("author admin", "ok")),
    "courses:open-panel": row(
        get=only("author admin", "ok"), post=only("author admin", "mend"), put=everybody("how")
    ),
    # Authors see every panel; of others only who was invited, as the lead is here.
    "courses:panel": row(
        get="sign-in none ok ok ok none sign-in",
        post="sign-in none mend none none none sign-in",
        put=everybody("how"),
    ),
    "courses:close-panel": write(only("author admin", "go")),
    "courses:use-panel": write(only("author admin", "go")),
    "courses:discard-draft": write(only("author admin", "go")),
    "courses:restore-revision": write(only("author admin", "go")),
    "courses:assign": _LEADS_FILL_IN,
    "courses:assign-preview": write(only("lead admin", "ok")),
    "courses:assign-find-what": write(only("lead admin", "ok")),
    "courses:assign-find-who": write(only("lead admin", "ok")),
    "courses:assign-everybody": write(only("lead admin", "mend")),
    "courses:rollup": read(only("lead admin", "ok")),
    "courses:rules": read(only("lead admin", "ok")),
    "courses:save-view": write(only("lead admin", "go")),
    # Only its owner has a view.
    "courses:remove-view": write("sign-in no go no none no sign-in"),
    # What is here is no rule, or no other lead has its teams.
    "courses:pass-on-rule": write(only("lead admin", "none")),
    "courses:matrix": read(only("lead admin", "ok")),
    "courses:team": read(only("lead admin", "ok")),
    "courses:person": read(only("lead admin", "ok")),
    "courses:assignment": read(only("lead admin", "ok")),
    "courses:change-duty": _LEADS_FILL_IN,
    # Whoever made an assignment stops it, or an admin.
    "courses:stop-rule": write(only("lead admin", "go")),
    # Only whoever made an assignment takes it back, and the lead made this one.
    "courses:undo-assignment": write("sign-in no go no none no sign-in"),
}

# One's own runs; assessed ones that have ended are also for the lead and the admin to see.
ASSESSMENTS: dict[str, Row] = {
    "assessments:brief": read(signed_in("ok")),
    "assessments:start": write(signed_in("go")),
    "assessments:compare": read(signed_in("ok")),
    "assessments:play-scenario": read(only("agent", "ok", others="none")),
    "assessments:answer-scenario": write(only("agent", "mend", others="none")),
    # There is no hint where the run is, which is said.
    "assessments:hint": write(only("agent", "go", others="none")),
    "assessments:no-limit": write(only("agent", "go", others="none")),
    "assessments:debrief": read(only("agent lead admin", "ok", others="none")),
    "assessments:rewind": row(
        get=only("agent", "ok", others="none"),
        post=only("agent", "go", others="none"),
        put=everybody("how"),
    ),
    "assessments:take-up": write(only("agent", "go", others="none")),
    # An assessed run needs no sharing, which is said.
    "assessments:share": write(only("agent", "go", others="none")),
    "assessments:take-back": write(only("agent", "go", others="none")),
    "assessments:reflect": write(only("agent", "go", others="none")),
    "assessments:comment": write(only("agent lead admin", "mend", others="none")),
    "assessments:edit-comment": row(
        get=only("agent", "ok", others="none"),
        post=only("agent", "ok", others="none"),
        put=everybody("how"),
    ),
    "assessments:delete-comment": row(
        get=only("agent", "ok", others="none"),
        post=only("agent", "go", others="none"),
        put=everybody("how"),
    ),
    # Nothing was typed in this run.
    "assessments:report-coach": write(only("agent", "mend", others="none")),
    "assessments:mark-own-reply": write(signed_in("none")),
    "assessments:coach-reports": read(only("author admin", "ok")),
    "assessments:settle-coach-report": write(only("author admin", "go")),
    "assessments:runs": read(only("agent lead admin", "ok", others="none")),
    "assessments:my-skills": read(signed_in("ok")),
    "assessments:evidence": read(only("agent lead admin", "ok", others="none")),
    "assessments:my-skill": read(signed_in("ok")),
    **{
        f"assessments:{name}": row(
            get=signed_in("ok"), post=signed_in("mend"), put=everybody("how")
        )
        for name in ("rate-myself", "see-differently")
    },
    "assessments:refresh": read(signed_in("ok")),
    "assessments:refresh-card": read(only("agent", "ok", others="none")),
    # A POST without fields is no answer to any card, not even to one's own.
    "assessments:answer-card": write(signed_in("none")),
    "assessments:turn-card": write(signed_in("none")),
    "assessments:grade-card": write(signed_in("none")),
    "assessments:retire-card": write(only("agent", "go", others="none")),
    "assessments:bring-card-back": write(only("agent", "go", others="none")),
    "assessments:refresh-settings": row(
        get=signed_in("ok"), post=signed_in("mend"), put=everybody("how")
    ),
    "assessments:end-pause": write(signed_in("go")),
    "assessments:marking-queue": read(only("lead admin", "ok")),
    "assessments:mark-answer": row(
        get=only("lead admin", "ok"), post=only("lead admin", "mend"), put=everybody("how")
    ),
    # Only whoever gave a mark corrects it, and the lead gave this one.
    "assessments:correct-mark": row(
        get="sign-in no ok no none no sign-in",
        post="sign-in no mend no none no sign-in",
        put=everybody("how"),
    ),
    "assessments:waiting-views": read(only("lead admin", "ok")),
    "assessments:answer-view": _LEADS_FILL_IN,
    "assessments:team-skills": read(only("lead admin", "ok")),
    "courses:frame": read(only("admin", "ok")),
    "courses:edit-skill": row(
        get=only("admin", "ok"), post=only("admin", "mend"), put=everybody("how")
    ),
    "assessments:skill-groups": read(only("lead admin", "ok")),
    "assessments:skill-check": row(
        get=only("admin", "ok"), post=only("admin", "mend"), put=everybody("how")
    ),
    "assessments:regrade": row(
        get=only("author admin", "ok"), post=only("author admin", "go"), put=everybody("how")
    ),
    "assessments:quiz-statistics": read(only("author admin", "ok")),
    "assessments:questions": read(only("author admin", "ok")),
    "assessments:question": read(only("author admin", "ok")),
    "assessments:extra-time": _LEADS_FILL_IN,
    "assessments:person-skills": read(only("lead admin", "ok")),
    "assessments:person-skill": read(only("lead admin", "ok")),
    "assessments:preview-quiz": row(
        get=only("author admin", "ok"), post=only("author admin", "mend"), put=everybody("how")
    ),
    "assessments:preview-question": row(
        get=only("author admin", "ok"), post=only("author admin", "mend"), put=everybody("how")
    ),
    "assessments:preview-scenario": row(
        get=only("author admin", "ok"), post=only("author admin", "ok"), put=everybody("how")
    ),
    "assessments:take-quiz": read(only("agent", "ok", others="none")),
    "assessments:take-question": read(only("agent", "ok", others="none")),
    # Without naming a question there is nothing to answer.
    "assessments:answer-quiz": write(signed_in("none")),
    "assessments:finish-quiz": write(only("agent", "go", others="none")),
    "assessments:quiz-results": read(only("agent lead admin", "ok", others="none")),
}

EXPECTATIONS: dict[str, Row] = {
    **SITE,
    **PEOPLE,
    **ACCOUNT,
    **SECOND_STEP,
    **OPERATORS,
    **MAIL,
    **COURSES,
    **ASSESSMENTS,
    **AUTHORING,
    **COACHING,
    **PROGRAMMES,
}

# Mail programs turn a kind of mail off with a POST of their own; the signed link is the permission.
WITHOUT_CSRF_TOKEN = frozenset({"notifications:unsubscribe"})

# What opens before the second step: setting one up, confirming one's address, and leaving
WITHOUT_SECOND_STEP = frozenset(
    {
        "account_confirm_email",
        "account_email",
        "account_email_verification_sent",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "people:theme",
    }
)
