"""What leads and agents of the scale database have together: sessions held, and answers to mark."""

from django.db import connection, transaction


def seed_sessions() -> None:
    """Give each agent a session with their lead, and an answer that waits for a mark.

    Safe to repeat.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _STATEMENTS:
            cursor.execute(statement)


_STATEMENTS = (
    """
    INSERT INTO coaching_feedbacksession (id, lead_id, agent_id, kind, state, starts_at, ends_at,
        place, video_link, word, sequence, planned_at, answer, answer_words, begun_at, held_at,
        cancel_words, reflection, shared_note, shared_note_version, acknowledge_words)
    SELECT gen_random_uuid(), lead.user_id, member.user_id, 'lead', 'held', began, began + half,
           'Room 4', '', '', 0, began - interval '3 days', 'open', '', began, began + half,
           '', '', 'What went well, and the next call.', 1, ''
    FROM people_membership member
    JOIN people_user agent ON agent.id = member.user_id AND agent.email LIKE 'agent-%@bench.example'
    JOIN people_membership lead ON lead.team_id = member.team_id AND lead.is_lead,
         LATERAL (SELECT now() - (1 + member.user_id % 30) * interval '1 day' AS began,
                         interval '30 minutes' AS half) times
    WHERE NOT EXISTS (SELECT 1 FROM coaching_feedbacksession s WHERE s.agent_id = member.user_id)
    """,
    # A second attempt at a quiz that each finished, handed in with words of their own.
    """
    INSERT INTO assessments_attempt (id, user_id, activity_id, revision_id, mode, number, card,
        seed, state, next_seq, run_state, result, reflection, started_at, finished_at, drawn,
        hinted)
    SELECT DISTINCT ON (user_id) gen_random_uuid(), user_id, activity_id, revision_id, 'assessed',
           2, '', 2, 'marking', 2, '{}', '{"items": {}, "points": 8, "out_of": 10}', '',
           now() - interval '2 days', now() - interval '1 day', '{}', '{}'
    FROM assessments_attempt
    WHERE seed = 1 AND next_seq = 11
    ORDER BY user_id, activity_id
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO assessments_answer (attempt_id, seq, step_id, payload, answered_at)
    SELECT id, 1, 'letter', '{"text": "Three times you told us."}', finished_at
    FROM assessments_attempt WHERE seed = 2 AND state = 'marking'
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO assessments_answermark (attempt_id, answer_id, step_id, asked_at, comment)
    SELECT t.id, a.id, 'letter', t.finished_at, ''
    FROM assessments_attempt t JOIN assessments_answer a ON a.attempt_id = t.id
    WHERE t.seed = 2 AND t.state = 'marking'
    ON CONFLICT DO NOTHING
    """,
)
