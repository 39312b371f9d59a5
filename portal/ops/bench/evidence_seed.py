"""Agents with two hundred pieces of evidence each, and estimates that follow from them.

A few dozen histories are worked out by the product's own model, and each agent has one of them. The
rows lie in the order of their days, as in a real table: those of one person are spread all over it.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.db import connection, transaction

from assessments.actions.evidence import KIND_OF
from assessments.models import EvidenceKind
from assessments.skill_estimate import (
    START_MEAN,
    Estimate,
    Evidence,
    Source,
    imported_noise,
    lead_noise,
    predict,
    quiz_noise,
    scenario_noise,
    update,
)
from courses.actions.framing import frame_in_force
from courses.content.skills import BEHAVIOUR_PREFIXES, Skill
from courses.models import Activity, ActivityKind
from portal.people.models import Membership, Team, User
from portal.people.models.team import TeamKind
from portal.people.permissions import Role

PER_TEAM = 50
_CYCLE = (Source.SCENARIO, Source.LEAD, Source.SCENARIO, Source.QUIZ, Source.IMPORTED)
_ROUNDS, _DAYS_BETWEEN, _HISTORIES = 8, 10, 40
OCCASIONS = _CYCLE * _ROUNDS  # the oldest first; each tells of all five skills
PIECES = len(OCCASIONS) * len(Skill)
_ITEMS = {Source.SCENARIO: 3, Source.QUIZ: 2, Source.LEAD: 2, Source.IMPORTED: 1}
_NOISE = {
    Source.SCENARIO: scenario_noise(3),
    Source.QUIZ: quiz_noise(2),
    Source.LEAD: lead_noise(is_calibrated=True),
    Source.IMPORTED: imported_noise(),
}
_BEHAVIOUR = {skill: f"{prefix}1" for prefix, skill in BEHAVIOUR_PREFIXES.items()}


@dataclass(frozen=True)
class _Piece:
    """A row of a history."""

    history: int
    occasion: int
    on: str
    source: str
    kind: str
    skill: str
    value: float
    noise: float
    items: int
    behaviour: str
    expected: float
    expected_variance: float
    gain: float
    moved: float


@dataclass(frozen=True)
class _End:
    """The estimate that a history leads to."""

    history: int
    skill: str
    kind: str
    mean: float
    variance: float
    on: str
    events: int
    sources: list[str]


def seed_evidence(agents: int, *, at: datetime) -> None:
    """Bring the agents up to so many, in teams with a lead each; all have PIECES of evidence."""
    with transaction.atomic():
        first = User.objects.filter(email__startswith="judged-").count()
        for number in range(first, agents, PER_TEAM):
            _seed_team(range(number, min(number + PER_TEAM, agents)), at)
        if first < agents:
            _seed_histories(range(first, agents), at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def agent(number: int) -> User:
    """Return an agent by number, from 0."""
    return User.objects.get(email=f"judged-{number}@bench.example")


def lead_of(number: int) -> User:
    """Return who leads the team of that agent."""
    return User.objects.get(email=f"judging-{number // PER_TEAM}@bench.example")


def newcomer(name: str) -> User:
    """Add somebody of whom nothing is known yet, in no team."""
    return User.objects.create(email=f"{name}@bench.example", name=name, roles=[Role.AGENT])


def _seed_team(numbers: range, at: datetime) -> None:
    """Add agents of one team, and the team with its lead unless it is there."""
    since, name = at.date() - timedelta(days=500), f"Judged {numbers[0] // PER_TEAM}"
    team = Team.objects.filter(name=name).first()
    if team is None:
        team = Team.objects.create(name=name, kind=TeamKind.SITE, path=f"new {name}")
        team.path = f"/{team.pk}/"
        team.save(update_fields=["path"])
        email = f"judging-{numbers[0] // PER_TEAM}@bench.example"
        lead = User.objects.create(email=email, name=f"Lead of {name}", roles=[Role.LEAD])
        Membership.objects.create(user=lead, team=team, is_lead=True, began_on=since)
    people = User.objects.bulk_create(
        User(email=f"judged-{n}@bench.example", name=f"Judged {n}", roles=[Role.AGENT])
        for n in numbers
    )
    Membership.objects.bulk_create(
        Membership(user=person, team=team, began_on=since) for person in people
    )


def _seed_histories(numbers: range, at: datetime) -> None:
    pieces, ends = _histories(at.date())
    values = {
        "first": numbers[0],
        "last": numbers[-1],
        "histories": _HISTORIES,
        "pieces": json.dumps([asdict(one) for one in pieces]),
        "ends": json.dumps([asdict(one) for one in ends]),
        "activities": json.dumps(_activities()),
        "start": START_MEAN,
        "frame": frame_in_force(at=at).pk,
    }
    with connection.cursor() as cursor:
        for statement in _SEED:
            cursor.execute(statement, values)


def _histories(today: date) -> tuple[list[_Piece], list[_End]]:
    pieces: list[_Piece] = []
    ends: list[_End] = []
    for number in range(_HISTORIES):
        draw = Random(number)
        share = {skill: draw.uniform(0.3, 0.95) for skill in Skill}
        estimates: dict[tuple[Skill, EvidenceKind], Estimate] = {}
        for occasion, source in enumerate(OCCASIONS):
            days_ago = _DAYS_BETWEEN * (len(OCCASIONS) - occasion) - draw.randrange(_DAYS_BETWEEN)
            on, noise, kind = today - timedelta(days=days_ago), _NOISE[source], KIND_OF[source]
            for skill in Skill:
                value = min(1.0, max(0.0, draw.gauss(share[skill], 0.2)))
                before = estimates.get((skill, kind), Estimate())
                expected = predict(before, noise=noise, on=on)
                step = update(before, Evidence(source, value, noise, on))
                estimates[skill, kind] = step.after
                pieces.append(
                    _Piece(
                        number,
                        occasion,
                        on.isoformat(),
                        source,
                        kind,
                        skill,
                        value,
                        noise,
                        _ITEMS[source],
                        _BEHAVIOUR[skill],
                        expected.mean,
                        expected.variance,
                        step.gain,
                        step.moved,
                    )
                )
        ends += [_end(number, *which, found) for which, found in estimates.items()]
    return pieces, ends


def _end(number: int, skill: Skill, kind: EvidenceKind, found: Estimate) -> _End:
    assert found.on is not None
    sources = sorted(found.sources)
    on = found.on.isoformat()
    return _End(number, skill, kind, found.mean, found.variance, on, found.events, list(sources))


def _activities() -> list[tuple[int, int]]:
    """Return the call or quiz of each occasion of practice, as far as there are enough of them."""
    live = Activity.objects.filter(live_revision__isnull=False).order_by("pk")
    pairs: list[tuple[int, int]] = []
    kinds = {Source.SCENARIO: ActivityKind.SCENARIO, Source.QUIZ: ActivityKind.QUIZ}
    for source, kind in kinds.items():
        occasions = [number for number, one in enumerate(OCCASIONS) if one is source]
        pairs += zip(occasions, live.filter(kind=kind).values_list("pk", flat=True), strict=False)
    return pairs


_SEED = (
    "DROP TABLE IF EXISTS bench_agent, bench_piece, bench_end, bench_played",
    """
    CREATE TEMPORARY TABLE bench_agent AS
    SELECT u.id, n %% %(histories)s AS history FROM generate_series(%(first)s, %(last)s) n
    JOIN people_user u ON u.email = 'judged-' || n || '@bench.example'
    """,
    """
    CREATE TEMPORARY TABLE bench_piece AS
    SELECT * FROM jsonb_to_recordset(%(pieces)s) AS p (history int, occasion int, "on" date,
        source text, kind text, skill text, value float, noise float, items int, behaviour text,
        expected float, expected_variance float, gain float, moved float)
    """,
    """
    CREATE TEMPORARY TABLE bench_end AS
    SELECT * FROM jsonb_to_recordset(%(ends)s) AS e (history int, skill text, kind text,
        mean float, variance float, "on" date, events int, sources text[])
    """,
    """
    CREATE TEMPORARY TABLE bench_played AS
    SELECT (pair ->> 0)::int AS occasion, (pair ->> 1)::bigint AS activity
    FROM jsonb_array_elements(%(activities)s) pair
    """,
    """
    INSERT INTO assessments_attempt (id, user_id, activity_id, revision_id, mode, number, card,
        seed, state, next_seq, run_state, result, points, is_passed, reflection, started_at,
        finished_at, counted_at, drawn, hinted)
    SELECT gen_random_uuid(), u.id, a.id, a.live_revision_id, 'assessed', 1, '', p.occasion,
           'finished', 1, '{}', '{}', 80, true, '', p.on, p.on, p.on, '{}', '{}'
    FROM bench_agent u
    JOIN (SELECT DISTINCT history, occasion, "on" FROM bench_piece) p USING (history)
    JOIN bench_played USING (occasion)
    JOIN courses_activity a ON a.id = bench_played.activity
    """,
    """
    INSERT INTO assessments_skillevidence (user_id, skill, kind, source, value, noise, items,
        behaviours, is_provisional, proof, expected, expected_variance, gain, moved, "on",
        recorded_at, attempt_id, frame_id)
    SELECT u.id, p.skill, p.kind, p.source, p.value, p.noise, p.items,
           jsonb_build_object(p.behaviour, jsonb_build_array(p.value * p.items, p.items)), false,
           CASE WHEN t.id IS NULL THEN 'bench:' || u.id || ':' || p.occasion ELSE '' END,
           p.expected, p.expected_variance, p.gain, p.moved, p.on, p.on, t.id, %(frame)s
    FROM bench_agent u
    JOIN bench_piece p USING (history)
    LEFT JOIN bench_played USING (occasion)
    LEFT JOIN assessments_attempt t ON t.user_id = u.id AND t.activity_id = bench_played.activity
    ORDER BY p.occasion, u.id
    """,
    """
    INSERT INTO assessments_skillestimate (user_id, skill, kind, start_mean, mean, variance, "on",
        events, sources)
    SELECT u.id, e.skill, e.kind, %(start)s, e.mean, e.variance, e.on, e.events, e.sources
    FROM bench_agent u JOIN bench_end e USING (history)
    """,
    # Each call has a safety step that was met.
    """
    INSERT INTO assessments_safetycheck (user_id, attempt_id, gate, title, result, "on",
        recorded_at)
    SELECT u.id, t.id, 'identity', 'Checks who is calling', 'met', t.finished_at::date,
           t.finished_at
    FROM bench_agent u
    JOIN assessments_attempt t ON t.user_id = u.id
    JOIN courses_activity a ON a.id = t.activity_id AND a.kind = 'scenario'
    """,
)
