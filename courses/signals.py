"""What courses tell the apps above, and ask them, in the transaction in which it happens."""

from django.dispatch import Signal

# Somebody finished a module: `completion` is the record of it.
module_finished = Signal()

# An author wants to archive some `activities` (a QuerySet): each receiver returns sentences about
# where these are used.
usage_asked = Signal()
