"""People for the bare page: the models alone, without what listens to the sign-in."""

from django.apps import AppConfig


class BarePeople(AppConfig):
    name = "portal.people"
    label = "people"
