"""Addresses of people, profiles and invitations."""

from django.urls import path

from portal.people.views import accept_invitation, invite_people, manage_people, profile, tags

app_name = "people"

urlpatterns = [
    path("people/", manage_people.people_list, name="people-list"),
    path("people/invite/", invite_people.invite, name="invite"),
    path("people/invitations/", invite_people.invitations, name="invitations"),
    path(
        "people/invitations/<int:invitation_id>/withdraw/",
        invite_people.withdraw,
        name="withdraw-invitation",
    ),
    path(
        "people/invitations/<int:invitation_id>/renew/",
        invite_people.renew,
        name="renew-invitation",
    ),
    path("people/<int:person_id>/", manage_people.person, name="person"),
    path("people/<int:person_id>/deactivate/", manage_people.deactivate, name="deactivate"),
    path("people/<int:person_id>/reactivate/", manage_people.reactivate, name="reactivate"),
    path(
        "people/<int:person_id>/second-step/",
        manage_people.forget_second_step,
        name="forget-second-step",
    ),
    path("team/people/<int:person_id>/tags/", tags.tags, name="tags"),
    path("profile/", profile.profile, name="profile"),
    path("profile/theme/", profile.theme, name="theme"),
    path("invitations/<str:token>/", accept_invitation.accept, name="accept-invitation"),
]
