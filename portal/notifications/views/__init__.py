"""Pages about mail: the outbox for admins, preferences for everybody, the way out of a mail."""
