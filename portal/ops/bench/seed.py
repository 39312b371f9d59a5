"""The scale database: people in teams with enrolments, progress, attempts and mails in proportion.

Written in SQL, because fifty thousand people with their history come in a minute that way. Every
seeded row obeys the same constraints as real ones.
"""

from dataclasses import dataclass

from django.db import connection, transaction

from portal.ops.bench.seed_sessions import seed_sessions

PEOPLE_PER_TEAM = 50
TEAMS_PER_PROGRAMME = 10

# What one person has behind and before them.
MODULES, MAILS = 20, 10


@dataclass(frozen=True)
class Cast:
    """The people as whom pages are measured."""

    agent: str
    lead: str
    admin: str


CAST = Cast("agent-0@bench.example", "lead-0@bench.example", "admin@bench.example")


def seed_courses() -> None:
    """Copy the curriculum's first module with a call until there are MODULES of it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_COPY_MODULES, {"modules": MODULES})
        cursor.execute(_COPY_ACTIVITIES)


def seed_people(count: int) -> None:
    """Bring the number of agents up to `count`, in teams of PEOPLE_PER_TEAM with a lead each."""
    with transaction.atomic(), connection.cursor() as cursor:
        numbers = {
            "people": count,
            "teams": count // PEOPLE_PER_TEAM,
            "programmes": max(1, count // PEOPLE_PER_TEAM // TEAMS_PER_PROGRAMME),
            "per_team": PEOPLE_PER_TEAM,
            "per_programme": TEAMS_PER_PROGRAMME,
            "mails": MAILS,
        }
        for statement in _PEOPLE:
            cursor.execute(statement, numbers)
        seed_sessions()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


# The diagnostic, which comes before it, has neither a lesson nor a call.
_FIRST_WITH_A_CALL = "SELECT min(module_id) FROM courses_activity WHERE kind = 'scenario'"

_COPY_MODULES = f"""
INSERT INTO courses_module (course_id, slug, title, objective, summary, content_notice,
                            behaviours, minutes, position)
SELECT m.course_id, m.slug || '-' || n, m.title || ' ' || n, m.objective, m.summary, '',
       m.behaviours, m.minutes, n
FROM (SELECT * FROM courses_module WHERE id = ({_FIRST_WITH_A_CALL})) m,
     generate_series(2, %(modules)s) n
ON CONFLICT DO NOTHING
"""

_COPY_ACTIVITIES = f"""
INSERT INTO courses_activity (module_id, slug, kind, title, minutes, position, draft,
                              draft_version, draft_of, live_revision_id)
SELECT copy.id, a.slug, a.kind, a.title, a.minutes, a.position, '{{}}', 0, a.draft_of,
       a.live_revision_id
FROM courses_module first
JOIN courses_module copy
  ON copy.course_id = first.course_id AND copy.slug ~ (first.slug || '-\\d+$')
JOIN courses_activity a ON a.module_id = first.id
WHERE first.id = ({_FIRST_WITH_A_CALL})
ON CONFLICT DO NOTHING
"""

_PERSON_FIELDS = """
    (email, password, name, pronouns, roles, time_zone, language, work_starts, work_ends,
     working_days, theme, shortcuts_enabled, callers_wait, joined_on, created_at,
     session_epoch, is_active, is_staff, is_superuser)
"""
_PERSON_DEFAULTS = """
    'America/New_York', 'en-us', '09:00', '17:00', '{0,1,2,3,4}', 'auto', true,
    'written', current_date - 400, now(), 0, true, false, false
"""

_PEOPLE = (
    # The tree of teams: its paths are made of the ids, so they come in a second step.
    """
    INSERT INTO people_team (name, kind, path) VALUES ('Bench', 'site', 'new bench')
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO people_team (name, kind, parent_id, path)
    SELECT 'Programme ' || n, 'programme', s.id, 'new programme ' || n
    FROM people_team s, generate_series(0, %(programmes)s - 1) n
    WHERE s.name = 'Bench' AND s.kind = 'site'
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO people_team (name, kind, parent_id, path)
    SELECT 'Team ' || n, 'team', p.id, 'new team ' || n
    FROM generate_series(0, %(teams)s - 1) n
    JOIN people_team p ON p.name = 'Programme ' || least(n / %(per_programme)s,
                                                         %(programmes)s - 1)
    ON CONFLICT DO NOTHING
    """,
    "UPDATE people_team SET path = '/' || id || '/' WHERE kind = 'site'",
    """
    UPDATE people_team t SET path = p.path || t.id || '/' FROM people_team p
    WHERE t.parent_id = p.id AND t.kind = 'programme'
    """,
    """
    UPDATE people_team t SET path = p.path || t.id || '/' FROM people_team p
    WHERE t.parent_id = p.id AND t.kind = 'team'
    """,
    f"""
    INSERT INTO people_user {_PERSON_FIELDS}
    SELECT 'agent-' || n || '@bench.example', '!', 'Agent ' || n, '', '{{agent}}',
           {_PERSON_DEFAULTS}
    FROM generate_series(0, %(people)s - 1) n
    ON CONFLICT DO NOTHING
    """,
    f"""
    INSERT INTO people_user {_PERSON_FIELDS}
    SELECT 'lead-' || n || '@bench.example', '!', 'Lead ' || n, '', '{{lead}}',
           {_PERSON_DEFAULTS}
    FROM generate_series(0, %(teams)s - 1) n
    ON CONFLICT DO NOTHING
    """,
    f"""
    INSERT INTO people_user {_PERSON_FIELDS}
    VALUES ('admin@bench.example', '!', 'Admin', '', '{{admin}}', {_PERSON_DEFAULTS})
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO people_membership (user_id, team_id, is_lead, began_on)
    SELECT u.id, t.id, false, current_date - 400
    FROM generate_series(0, %(people)s - 1) n
    JOIN people_user u ON u.email = 'agent-' || n || '@bench.example'
    JOIN people_team t ON t.name = 'Team ' || n / %(per_team)s AND t.kind = 'team'
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO people_membership (user_id, team_id, is_lead, began_on)
    SELECT u.id, t.id, true, current_date - 400
    FROM generate_series(0, %(teams)s - 1) n
    JOIN people_user u ON u.email = 'lead-' || n || '@bench.example'
    JOIN people_team t ON t.name = 'Team ' || n AND t.kind = 'team'
    ON CONFLICT DO NOTHING
    """,
    # Each lead assigned every module once; each person has some of them, finished and open.
    """
    INSERT INTO courses_assignment (module_id, due_kind, due_on, remind_days_before, notes_overdue,
                                    note, audience, made_by_id, made_at, roles, reaches_later,
                                    opens_days_before)
    SELECT m.id, 'on_date', current_date + (m.position %% 30)::int - 10, 3, true, '', 'bench', u.id,
           now() - interval '40 days', '{}', false, 30
    FROM people_user u, courses_module m
    WHERE u.email LIKE 'lead-%%@bench.example'
      AND NOT EXISTS (SELECT 1 FROM courses_assignment a WHERE a.made_by_id = u.id)
    """,
    """
    INSERT INTO courses_enrolment (assignment_id, user_id, module_id, due_on, due_at, remind_at,
                                   reminded_at, created_at, completed_at,
                                   withdrawn_as, occurrence)
    SELECT a.id, member.user_id, a.module_id, a.due_on,
           (a.due_on + 1)::timestamptz - interval '1 second', a.made_at, a.made_at, a.made_at,
           CASE WHEN a.module_id / 4 %% 2 = 0 THEN now() - interval '20 days' END,
           '', 1
    FROM courses_assignment a
    JOIN people_membership lead ON lead.user_id = a.made_by_id AND lead.is_lead
    JOIN people_membership member ON member.team_id = lead.team_id AND NOT member.is_lead
    WHERE a.audience = 'bench' AND (a.module_id + member.user_id) %% 4 < 1
      AND NOT EXISTS (SELECT 1 FROM courses_enrolment e WHERE e.user_id = member.user_id)
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO courses_activityprogress (user_id, activity_id, revision_id, place, started_at,
                                          last_seen_at, finished_at)
    SELECT e.user_id, a.id, a.live_revision_id, '', now() - interval '30 days',
           now() - (a.id %% 40) * interval '1 day',
           CASE WHEN e.completed_at IS NOT NULL OR a.position = 1
                THEN now() - interval '20 days' END
    FROM courses_enrolment e JOIN courses_activity a ON a.module_id = e.module_id
    WHERE a.position < 3 OR e.completed_at IS NOT NULL
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO courses_modulecompletion (user_id, module_id, number, completed_at)
    SELECT user_id, module_id, 1, completed_at FROM courses_enrolment
    WHERE completed_at IS NOT NULL
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO assessments_attempt (id, user_id, activity_id, revision_id, mode, number, card,
        seed, state, next_seq, run_state, result, points, is_passed, reflection, started_at,
        finished_at, drawn, hinted)
    SELECT gen_random_uuid(), p.user_id, a.id, a.live_revision_id, 'assessed', 1, '', 1,
           'finished', 11, '{}', '{"items": {}, "points": 8, "out_of": 10}', 80, true, '',
           p.started_at, p.finished_at, '{}', '{}'
    FROM courses_activityprogress p JOIN courses_activity a ON a.id = p.activity_id
    WHERE a.kind = 'quiz' AND p.finished_at IS NOT NULL
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO assessments_answer (attempt_id, seq, step_id, payload, answered_at)
    SELECT t.id, n, 'item-' || n, '{"option": "A"}', t.finished_at
    FROM assessments_attempt t, generate_series(1, 10) n
    WHERE t.seed = 1 AND t.next_seq = 11
    ON CONFLICT DO NOTHING
    """,
    # Each finished quiz is a piece of evidence, and each skill has an estimate.
    """
    INSERT INTO assessments_skillevidence (user_id, skill, kind, source, value, noise, items,
        behaviours, is_provisional, proof, expected, expected_variance, gain, moved, "on",
        recorded_at, attempt_id, frame_id)
    SELECT t.user_id,
           ('{listening,communication,empathy,problem,eq}'::text[])[1 + a.module_id %% 5],
           'practice', 'quiz', 0.8, 0.05, 10, '{}', true, '', 0.6, 0.06, 0.2, 0.02,
           t.finished_at::date, t.finished_at, t.id, frame.id
    FROM assessments_attempt t
    JOIN courses_activity a ON a.id = t.activity_id,
         (SELECT max(id) AS id FROM courses_skillframeversion) frame
    WHERE t.seed = 1 AND t.next_seq = 11
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO assessments_skillestimate (user_id, skill, kind, start_mean, mean, variance, "on",
        events, sources)
    SELECT u.id, skill, 'practice', 0.6, 0.45 + 0.05 * ((u.id + n) %% 10), 0.008,
           current_date - 20, 6, '{scenario,quiz}'
    FROM people_user u,
         unnest('{listening,communication,empathy,problem,eq}'::text[]) WITH ORDINALITY s (skill, n)
    WHERE u.email LIKE 'agent-%%@bench.example'
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO notifications_outgoingemail (id, kind, recipient_id, to_address, dedupe_key,
        message_id, params, created_at, due_at, state, tries, last_error, drop_reason, sent_at,
        subject, body_text, body_html)
    SELECT gen_random_uuid(), 'learning_reminder', u.id, u.email, 'bench:' || u.id || ':' || n,
           'bench-' || u.id || '-' || n || '@bench.example', '{}',
           now() - n * interval '3 days', now() - n * interval '3 days',
           CASE WHEN is_dead THEN 'dead' ELSE 'sent' END, 1, '', '',
           CASE WHEN NOT is_dead THEN now() - n * interval '3 days' END,
           'Three bills is due Friday', 'Hello.', '<p>Hello.</p>'
    FROM people_user u, generate_series(1, %(mails)s) n,
         LATERAL (SELECT n = 1 AND u.id %% 10 = 0 AS is_dead) one
    WHERE u.email LIKE 'agent-%%@bench.example'
    ON CONFLICT DO NOTHING
    """,
)
