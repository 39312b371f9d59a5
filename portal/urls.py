"""Every address of Attune, by app."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from portal.views import home

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", home, name="home"),
    path("accounts/", include("allauth.urls")),
    path("health/", include("portal.ops.urls")),
    path("operators/", admin.site.urls),
    path("", include("portal.people.urls")),
    path("mail/", include("portal.notifications.urls")),
    path("", include("portal.coaching.urls")),
    path("", include("portal.programmes.urls")),
    path("", include("assessments.urls")),
    path("", include("courses.urls")),
]
