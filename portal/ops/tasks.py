"""The background work of ops itself."""

from celery import shared_task

from portal.ops.health import beat_once


@shared_task
def heartbeat_task() -> None:
    """Show in the health page that beat and worker do their work; safe to repeat."""
    beat_once()
