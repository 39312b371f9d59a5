"""Addresses of attempts."""

from django.urls import path

from assessments.views import (
    coach,
    comment,
    compare,
    extra_time,
    own_views,
    play_scenario,
    preview,
    rewind,
    share_run,
    skill_profile,
    start,
    statistics,
    take_quiz,
)

app_name = "assessments"

urlpatterns = [
    path("activities/<int:activity>/", start.brief, name="brief"),
    path("activities/<int:activity>/start/", start.start, name="start"),
    path("activities/<int:activity>/compare/", compare.compare, name="compare"),
    path("attempts/<uuid:attempt>/call/", play_scenario.play_scenario, name="play-scenario"),
    path("attempts/<uuid:attempt>/reply/", play_scenario.answer_scenario, name="answer-scenario"),
    path("attempts/<uuid:attempt>/hint/", play_scenario.hint, name="hint"),
    path("attempts/<uuid:attempt>/debrief/", play_scenario.debrief, name="debrief"),
    path("attempts/<uuid:attempt>/rewind/<int:kept>/", rewind.rewind, name="rewind"),
    path("attempts/<uuid:attempt>/take-up/", rewind.take_up, name="take-up"),
    path("attempts/<uuid:attempt>/share/", share_run.share, name="share"),
    path("attempts/<uuid:attempt>/take-back/", share_run.take_back, name="take-back"),
    path("attempts/<uuid:attempt>/reflection/", share_run.reflect, name="reflect"),
    path("attempts/<uuid:attempt>/comments/<int:number>/", comment.comment, name="comment"),
    path("comments/<int:comment>/edit/", comment.edit, name="edit-comment"),
    path("comments/<int:comment>/delete/", comment.delete, name="delete-comment"),
    path("attempts/<uuid:attempt>/typed/<int:seq>/report/", coach.report, name="report-coach"),
    path("attempts/<uuid:attempt>/typed/<int:seq>/mark/", coach.mark, name="mark-own-reply"),
    path("content/coach/", coach.reports, name="coach-reports"),
    path("content/coach/<int:report>/settle/", coach.settle, name="settle-coach-report"),
    path("people/<int:person>/runs/", share_run.runs, name="runs"),
    path("attempts/<uuid:attempt>/quiz/", take_quiz.take_quiz, name="take-quiz"),
    path("attempts/<uuid:attempt>/quiz/<int:number>/", take_quiz.take_quiz, name="take-question"),
    path(
        "attempts/<uuid:attempt>/quiz/<int:number>/answer/",
        take_quiz.answer_quiz,
        name="answer-quiz",
    ),
    path("attempts/<uuid:attempt>/finish/", take_quiz.finish_quiz, name="finish-quiz"),
    path("attempts/<uuid:attempt>/results/", take_quiz.results, name="quiz-results"),
    path("team/people/<int:person>/extra-time/", extra_time.extra_time, name="extra-time"),
    path(
        "content/activities/<int:activity>/preview/quiz/",
        preview.preview_quiz,
        name="preview-quiz",
    ),
    path(
        "content/activities/<int:activity>/preview/quiz/<int:number>/",
        preview.preview_quiz,
        name="preview-question",
    ),
    path(
        "content/activities/<int:activity>/preview/scenario/",
        preview.preview_scenario,
        name="preview-scenario",
    ),
    path(
        "content/activities/<int:activity>/statistics/",
        statistics.quiz_statistics,
        name="quiz-statistics",
    ),
    path("skills/", skill_profile.my_skills, name="my-skills"),
    path("skills/<slug:skill>/", skill_profile.my_skill, name="my-skill"),
    path("skills/<slug:skill>/myself/", own_views.rate_myself, name="rate-myself"),
    path("skills/<slug:skill>/differently/", own_views.differently, name="see-differently"),
    path("team/views/", own_views.waiting, name="waiting-views"),
    path("team/views/<int:view>/", own_views.answer, name="answer-view"),
    path("team/skills/", skill_profile.team_at_a_glance, name="team-skills"),
    path("team/people/<int:person>/skills/", skill_profile.person_skills, name="person-skills"),
    path(
        "team/people/<int:person>/skills/<slug:skill>/",
        skill_profile.person_skill,
        name="person-skill",
    ),
]
