"""Job aids and guides for leads, as an author would write them."""

from typing import Any

from courses.actions.sheets import publish_sheet
from courses.models import Module, SheetKind, SheetVersion
from tests.factories.moments import MONDAY


def job_aid_raw(**changes: Any) -> dict[str, Any]:
    """Return a job aid of one step."""
    step = {"title": "Stop", "html": "<p>Hands off the keys.</p>"}
    slipped = {"title": "If you slipped", "html": "<p>Go back.</p>"}
    return {"title": "The first two minutes", "steps": [step], "always": [slipped]} | changes


def lead_guide_raw(**changes: Any) -> dict[str, Any]:
    """Return a guide with one behavior on its scale."""
    column = {
        "behaviour": "AL1",
        "name": "The story ends first",
        "low": "Speaks over the caller.",
        "middle": "Lets the caller finish.",
        "high": "Says back fact and feeling.",
        "not_observed": "There was no story to tell.",
    }
    guide = {
        "title": "Coaching the story",
        "listen_for": ["Whose words came back?"],
        "ask": ["What did you know by then?"],
        "avoid": ["Don’t open with a rating."],
        "scale_title": "Anchored scale",
        "scale_intro": "One quoted sentence for each rating.",
        "scale": [column],
    }
    return guide | changes


def give_sheets(module: Module) -> tuple[SheetVersion, SheetVersion]:
    """Publish a job aid and a guide for leads with a module."""
    aid = publish_sheet(module, SheetKind.JOB_AID, job_aid_raw(), by=None, at=MONDAY)
    return aid, publish_sheet(module, SheetKind.LEAD_GUIDE, lead_guide_raw(), by=None, at=MONDAY)
