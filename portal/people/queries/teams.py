"""Teams by name, for people who type it."""

from django.db.models import Case, Value, When

from portal.people.models import Team
from portal.people.models.team import TeamKind

_SEPARATOR = " › "
_MOST_SUGGESTIONS = 100


def team_paths(teams: list[Team]) -> dict[int, str]:
    """Return, by id, each team's name after those above it: `Tucson › Billing › Night desk`."""
    return _written_out({team.pk: (team.path, team.name) for team in teams})


def teams_called(text: str, *, limit: int) -> list[Team]:
    """Return teams of this name, else teams whose name contains it.

    `text` may be a path as `team_paths` writes it, which means exactly one team.
    """
    *above, name = (part.strip() for part in text.split(_SEPARATOR.strip()))
    teams = list(Team.objects.filter(name__iexact=name)[: limit if not above else None])
    if above:
        paths = team_paths(teams)
        wanted = _SEPARATOR.join([*above, name]).casefold()
        return [team for team in teams if paths[team.pk].casefold() == wanted]
    return teams or list(Team.objects.filter(name__icontains=name)[:limit])


def suggested_teams() -> list[str]:
    """Return paths to suggest while somebody types: all teams of a small house, sites first."""
    rank = Case(
        When(kind=TeamKind.SITE, then=Value(0)),
        When(kind=TeamKind.PROGRAMME, then=Value(1)),
        default=Value(2),
    )
    first = Team.objects.order_by(rank, "path").values_list("pk", "path", "name")
    teams = {pk: (path, name) for pk, path, name in first[:_MOST_SUGGESTIONS]}
    return sorted(_written_out(teams).values())


def _written_out(teams: dict[int, tuple[str, str]]) -> dict[int, str]:
    """Turn paths of ids into paths of names; teams above that are not given are looked up."""
    ids = {
        pk: [int(part) for part in path.strip("/").split("/")] for pk, (path, _) in teams.items()
    }
    names = {pk: name for pk, (_, name) in teams.items()}
    if above := {pk for path in ids.values() for pk in path} - names.keys():
        names |= dict(Team.objects.filter(pk__in=above).values_list("pk", "name"))
    return {pk: _SEPARATOR.join(names[step] for step in path) for pk, path in ids.items()}
