"""Arrows between the apps point down, also where import-linter cannot see them."""

import tomllib
from pathlib import Path

from django.apps import AppConfig, apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, Model

PROJECT = Path(__file__).resolve().parents[2]
OURS = ("portal.", "courses", "assessments")


def ranks() -> dict[str, int]:
    """Return the rank of each app from pyproject.toml, the lowest layer being 0."""
    linter = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(one["layers"] for one in linter["contracts"] if one["id"] == "apps")
    return {
        name.strip(): rank
        for rank, layer in enumerate(reversed(layers))
        for name in layer.split("|")
    }


def our_apps() -> list[AppConfig]:
    """Return the installed apps that are ours."""
    return [app for app in apps.get_app_configs() if app.name.startswith(OURS)]


def relations() -> list[Field]:
    """Return every field of ours that points to a model of ours."""
    return [
        field
        for app in our_apps()
        for model in app.get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
        if isinstance(field, Field) and field.is_relation and field.related_model
        if field.model._meta.app_config in our_apps()
        and field.related_model._meta.app_config in our_apps()
    ]


def rank_of(model: type[Model]) -> int:
    """Return the rank of the app that a model belongs to."""
    return ranks()[model._meta.app_config.name]


def test_every_app_has_a_layer():
    assert {app.name for app in our_apps()} <= set(ranks())


def test_no_relation_points_up():
    upward = [
        f"{field} points to {field.related_model._meta.label}"
        for field in relations()
        if rank_of(field.model) < rank_of(field.related_model)
    ]
    assert upward == []


def test_no_migration_depends_on_an_app_above():
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    rank = {app.label: ranks()[app.name] for app in our_apps()}
    upward = [
        f"{migration} needs {label}"
        for (own, _), migration in migrations.items()
        for label, _ in migration.dependencies
        if own in rank and rank.get(label, 0) > rank[own]
    ]
    assert upward == []


def test_audit_has_no_foreign_keys():
    assert [field for field in relations() if field.model._meta.app_label == "audit"] == []
