"""Addresses of the outbox, of mail preferences, and of the way out of optional mails."""

from django.urls import path

from portal.notifications.views import outbox, preferences

app_name = "notifications"

urlpatterns = [
    path("", outbox.outbox, name="outbox"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", preferences.unsubscribe, name="unsubscribe"),
    path("<uuid:email_id>/", outbox.mail, name="mail"),
    path("<uuid:email_id>/body/", outbox.mail_body, name="mail-body"),
    path("<uuid:email_id>/again/", outbox.send_again, name="send-again"),
]
