"""Registers attempts and what they show."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
