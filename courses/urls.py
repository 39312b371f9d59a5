"""Addresses of learning, assigning and content."""

from django.urls import path

from courses.views import (
    assign,
    author,
    change,
    draft,
    frame,
    learn,
    panel,
    preview,
    sheets,
    team,
)

app_name = "courses"

urlpatterns = [
    path("learning/", learn.my_learning, name="my-learning"),
    path("library/", learn.catalogue, name="catalogue"),
    path("job-aids/", sheets.job_aids, name="job-aids"),
    path("job-aids/<slug:course>/<slug:module>/", sheets.job_aid, name="job-aid"),
    path("guides/<slug:course>/<slug:module>/", sheets.lead_guide, name="lead-guide"),
    path("courses/<slug:course>/<slug:module>/", learn.module, name="module"),
    path(
        "courses/<slug:course>/<slug:module>/<slug:activity>/",
        learn.read_lesson,
        name="read-lesson",
    ),
    path("lessons/<int:activity>/place/", learn.mark_place, name="mark-place"),
    path("lessons/<int:activity>/finish/", learn.finish_lesson, name="finish-lesson"),
    path("lessons/<int:activity>/blocks/<slug:block>/", learn.answer_block, name="answer-block"),
    path("content/", author.content_list, name="content-list"),
    path("content/skills/", frame.frame, name="frame"),
    path("content/skills/<slug:skill>/", frame.edit_skill, name="edit-skill"),
    path("content/activities/<int:activity>/", author.content_revisions, name="content-revisions"),
    path(
        "content/activities/<int:activity>/revisions/<int:number>/",
        author.content_revision,
        name="content-revision",
    ),
    path(
        "content/activities/<int:activity>/preview/lesson/",
        preview.preview_a_lesson,
        name="preview-lesson",
    ),
    path("content/activities/<int:activity>/draft/", draft.draft, name="draft"),
    path("content/activities/<int:activity>/discard/", draft.discard, name="discard-draft"),
    path("content/activities/<int:activity>/publish/", draft.publish, name="publish"),
    path(
        "content/activities/<int:activity>/restore/<int:number>/",
        draft.restore,
        name="restore-revision",
    ),
    path(
        "content/activities/<int:activity>/compare/<int:older>/<int:newer>/",
        draft.compare,
        name="compare-revisions",
    ),
    path("assign/", assign.assign, name="assign"),
    path("assign/preview/", assign.preview, name="assign-preview"),
    path("assign/find/what/", assign.find, {"what": "what"}, name="assign-find-what"),
    path("assign/find/who/", assign.find, {"what": "who"}, name="assign-find-who"),
    path("team/", team.team, name="team"),
    path("team/matrix/", team.matrix, name="matrix"),
    path("team/people/<int:person>/", team.person, name="person"),
    path("team/enrolments/<int:enrolment>/", change.change_duty, name="change-duty"),
    path("team/assignments/<int:assignment>/", team.assignment, name="assignment"),
    path("team/assignments/<int:assignment>/stop/", team.stop, name="stop-rule"),
    path("team/assignments/<int:assignment>/undo/", team.undo, name="undo-assignment"),
    path("media/<slug:sha256>/<str:name>", learn.media, name="media"),
    path("content/activities/<int:activity>/panels/", panel.panels, name="panels"),
    path(
        "content/activities/<int:activity>/panels/<slug:item>/",
        panel.open_panel,
        name="open-panel",
    ),
    path("panels/<uuid:panel>/", panel.panel, name="panel"),
    path("panels/<uuid:panel>/close/", panel.close_panel, name="close-panel"),
    path("panels/<uuid:panel>/use/", panel.use_panel, name="use-panel"),
]
