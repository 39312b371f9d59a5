"""Addresses of programmes."""

from django.urls import path

from portal.programmes.views import mine, plan, team, write

app_name = "programmes"

urlpatterns = [
    path("programmes/", mine.my_programmes, name="my-programmes"),
    path("programmes/<int:given>/", mine.programme, name="programme"),
    path("programmes/<int:given>/steps/<slug:step>/", mine.tick, name="tick"),
    path("programmes/<int:given>/answer/", mine.answer, name="answer"),
    path("team/programmes/", team.team_programmes, name="team-programmes"),
    path("team/programmes/plan/", plan.plan, name="plan"),
    path("team/programmes/write/", write.write, name="write"),
    path("team/programmes/write/<slug:slug>/", write.rewrite, name="rewrite"),
    path("team/programmes/write/<slug:slug>/archive/", write.archive, name="archive"),
    path("team/programmes/<int:given>/withdraw/", team.withdraw, name="withdraw"),
    path("team/programmes/give/<slug:slug>/", team.give, name="give"),
]
