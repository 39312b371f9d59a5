"""Addresses without a look of their own: what each answers instead, or where it is looked at."""

# These stand in the story of the second step, because they need one another.
SECOND_STEP = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)

_LEADS_ON = "leads on to another page"
_FOR_SCRIPTS = "answers a script with a part of a page that is looked at in place"
_TAKES_A_FORM = "takes a form and leads on to another page"
NO_PAGES: dict[str, str] = {
    "home": _LEADS_ON,
    "account_set_password": _LEADS_ON,
    "account_confirm_login_code": _LEADS_ON,
    "ops:live": "answers a machine",
    "ops:ready": "answers a machine",
    "mfa_download_recovery_codes": "is a file",
    "mfa_login_webauthn": _FOR_SCRIPTS,
    "courses:media": "is a file",
    "courses:export": "is a file",
    "coaching:feed": "is a file",
    "courses:assign-preview": _FOR_SCRIPTS,
    "courses:assign-find-what": _FOR_SCRIPTS,
    "courses:assign-everybody": "answers the form of courses:assign, and is looked at from there",
    "courses:assign-find-who": _FOR_SCRIPTS,
    "courses:mark-place": "answers a script with nothing",
    "courses:answer-block": _FOR_SCRIPTS,
    "assessments:answer-scenario": _FOR_SCRIPTS,
    "assessments:answer-quiz": _FOR_SCRIPTS,
    "assessments:hint": _FOR_SCRIPTS,
    "assessments:start": _TAKES_A_FORM,
    "assessments:finish-quiz": _TAKES_A_FORM,
    **{
        f"assessments:{name}": _TAKES_A_FORM
        for name in ("answer-card", "turn-card", "grade-card", "retire-card", "bring-card-back")
    },
    "assessments:end-pause": _TAKES_A_FORM,
    "courses:finish-lesson": _TAKES_A_FORM,
    "courses:save-view": _TAKES_A_FORM,
    "coaching:release-notes": _TAKES_A_FORM,
    "coaching:propose-mentoring": _TAKES_A_FORM,
    "courses:remove-view": _TAKES_A_FORM,
    "courses:pass-on-rule": _TAKES_A_FORM,
    "courses:stop-rule": _TAKES_A_FORM,
    "courses:undo-assignment": _TAKES_A_FORM,
    "assessments:take-up": _TAKES_A_FORM,
    "assessments:share": _TAKES_A_FORM,
    "assessments:take-back": _TAKES_A_FORM,
    "assessments:reflect": _TAKES_A_FORM,
    "assessments:comment": _TAKES_A_FORM,
    "assessments:report-coach": _TAKES_A_FORM,
    "assessments:mark-own-reply": _TAKES_A_FORM,
    "assessments:settle-coach-report": _TAKES_A_FORM,
    "assessments:no-limit": _TAKES_A_FORM,
    "courses:close-panel": _TAKES_A_FORM,
    "courses:use-panel": _TAKES_A_FORM,
    "courses:discard-draft": _TAKES_A_FORM,
    "courses:arrange-piece": _TAKES_A_FORM,
    "courses:bring-back-draft": _TAKES_A_FORM,
    "courses:move-part": _TAKES_A_FORM,
    "courses:restore-part": _TAKES_A_FORM,
    "courses:restore-revision": _TAKES_A_FORM,
    "coaching:live": _FOR_SCRIPTS,
    **{
        f"coaching:{name}": _TAKES_A_FORM
        for name in ("answer", "begin", "close", "agenda", "notes", "actions", "settle")
    },
    "coaching:acknowledge": _TAKES_A_FORM,
    "coaching:stop-repeating": _TAKES_A_FORM,
    **{f"coaching:{what}-calibration": _TAKES_A_FORM for what in ("rate", "show", "agree")},
    "programmes:tick": _TAKES_A_FORM,
    "programmes:answer": _TAKES_A_FORM,
    "people:theme": _TAKES_A_FORM,
    "people:withdraw-invitation": _TAKES_A_FORM,
    "people:renew-invitation": _TAKES_A_FORM,
}
