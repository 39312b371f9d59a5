"""What courses tell the apps above, in the transaction in which it happens."""

from django.dispatch import Signal

# Somebody finished a module: `completion` is the record of it.
module_finished = Signal()
