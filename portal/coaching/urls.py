"""Addresses of feedback sessions, and of who needs a hand."""

from django.urls import include, path, register_converter

from portal.coaching.views import (
    calibrate,
    feed,
    kept_notes,
    mentoring,
    needs,
    observe,
    overview,
    prepare,
    reply,
    session,
    sessions,
    words,
)

app_name = "coaching"


class NoteConverter:
    """Which note is saved."""

    regex = "shared|private|reflection"

    def to_python(self, value: str) -> str:
        """Return the word as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the word as it stands."""
        return value


register_converter(NoteConverter, "note")

_feedback = [
    path("", sessions.sessions, name="sessions"),
    path("ask/", sessions.ask, name="ask"),
    path("plan/", sessions.plan, name="plan"),
    path("overview/", overview.overview, name="overview"),
    path("reply/<str:token>/", reply.reply, name="reply"),
    path("mentoring/", mentoring.mentoring, name="mentoring"),
    path("mentoring/propose/", mentoring.propose_mentoring, name="propose-mentoring"),
    path("mentoring/<int:pk>/", mentoring.mentoring_pair, name="mentoring-pair"),
    path("notes/", kept_notes.my_notes, name="my-notes"),
    path("notes/requests/", kept_notes.notes_requests, name="notes-requests"),
    path("notes/requests/<int:pk>/", kept_notes.review_notes, name="review-notes"),
    path("notes/requests/<int:pk>/release/", kept_notes.release_notes, name="release-notes"),
    path("guides/<slug:skill>/", prepare.guide, name="guide"),
    path("calibration/", calibrate.calibrations, name="calibrations"),
    path("calibration/open/", calibrate.open_calibration, name="open-calibration"),
    path("calibration/<uuid:round_id>/", calibrate.calibration, name="calibration"),
    path("calibration/<uuid:round_id>/rate/", calibrate.rate_calibration, name="rate-calibration"),
    path("calibration/<uuid:round_id>/show/", calibrate.show_calibration, name="show-calibration"),
    path(
        "calibration/<uuid:round_id>/agree/", calibrate.agree_calibration, name="agree-calibration"
    ),
    path("<uuid:session>/", session.session, name="session"),
    path("<uuid:session>/prepare/", prepare.prepare, name="prepare"),
    path("<uuid:session>/replay/<int:line>/", prepare.replay, name="replay"),
    path("<uuid:session>/live/", session.live, name="live"),
    path("<uuid:session>/move/", sessions.move, name="move"),
    path("<uuid:session>/hand-over/", sessions.hand_over, name="hand-over"),
    path("<uuid:session>/cancel/", sessions.cancel, name="cancel"),
    path("<uuid:session>/stop-repeating/", sessions.stop_repeating, name="stop-repeating"),
    path("<uuid:session>/answer/", sessions.answer, name="answer"),
    path("<uuid:session>/begin/", session.begin, name="begin"),
    path("<uuid:session>/close/", session.close, name="close"),
    path("<uuid:session>/agenda/", session.agenda, name="agenda"),
    path("<uuid:session>/notes/<note:which>/", session.notes, name="notes"),
    path("<uuid:session>/actions/", session.actions, name="actions"),
    path("<uuid:session>/actions/<int:action>/", session.settle, name="settle"),
    path("<uuid:session>/heard/<slug:skill>/", observe.observe, name="observe"),
    path("heard/<int:observation>/", observe.heard, name="heard"),
    path("<uuid:session>/acknowledge/", session.acknowledge, name="acknowledge"),
]

urlpatterns = [
    path("profile/calendar/", feed.my_feed, name="my-feed"),
    path("calendar/<str:token>/attune.ics", feed.feed, name="feed"),
    path("team/needs/", needs.needs, name="needs"),
    path("team/needs/<int:person>/", needs.nudge, name="nudge"),
    path("team/enrolments/<int:enrolment>/words/", words.words, name="words"),
    path("feedback/", include(_feedback)),
]
