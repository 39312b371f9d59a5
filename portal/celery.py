"""Background work: the Celery application and the whole table of what runs when."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Every entry is a sweep that reads what is due from the database: running one twice, late or
# on two machines changes nothing. Times are UTC.
app.conf.beat_schedule = {
    "finish the quizzes whose time is up": {
        "task": "assessments.tasks.finish_expired_quizzes_task",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "end the duties that have closed": {
        "task": "courses.tasks.close_what_is_over_task",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "go on with the regradings of quizzes": {
        "task": "assessments.tasks.regrade_attempts_task",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "count attempts into the statistics of quizzes": {
        "task": "assessments.tasks.count_attempts_task",
        "schedule": 300,
        "options": {"expires": 290},
    },
    "let the question bank hold every quiz": {
        "task": "courses.tasks.bank_what_is_missing_task",
        "schedule": 300,
        "options": {"expires": 290},
    },
    "let assignments go on": {
        "task": "courses.tasks.run_rules_task",
        "schedule": 300,
        "options": {"expires": 290},
    },
    "plan the learning reminders": {
        "task": "courses.tasks.plan_learning_reminders_task",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "plan the mails about cards that are due": {
        "task": "assessments.tasks.plan_refresher_mails_task",
        "schedule": 300,
        "options": {"expires": 290},
    },
    "plan the session reminders": {
        "task": "portal.coaching.tasks.plan_session_reminders_task",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "plan the next sessions of each series": {
        "task": "portal.coaching.tasks.plan_next_sessions_task",
        "schedule": 15 * 60,
        "options": {"expires": 14 * 60},
    },
    "send the mails that are due": {
        "task": "portal.notifications.tasks.send_due_emails_task",
        "schedule": 10,
        "options": {"expires": 9},
    },
    "show that the background works": {
        "task": "portal.ops.tasks.heartbeat_task",
        "schedule": 30,
        "options": {"expires": 28},
    },
}
