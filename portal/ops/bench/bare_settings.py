"""Settings of the bare page: the same database, sessions and people, and nothing else of ours."""

from portal.settings import *  # noqa: F403  (all but what follows)

ROOT_URLCONF = "portal.ops.bench.bare_urls"
INSTALLED_APPS = [
    "portal.ops.bench.bare_apps.BarePeople",
    "portal.audit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
]
MIDDLEWARE = [
    "portal.ops.bench.counting.QueryCount",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
