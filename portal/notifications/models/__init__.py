"""The outbox, each try to deliver a mail, and which mails a person turned off."""

from portal.notifications.models.delivery_try import DeliveryTry, TryOutcome
from portal.notifications.models.outgoing_email import EmailState, OutgoingEmail
from portal.notifications.models.subscription import Subscription
from portal.notifications.models.unsubscription import Unsubscription

__all__ = [
    "DeliveryTry",
    "EmailState",
    "OutgoingEmail",
    "Subscription",
    "TryOutcome",
    "Unsubscription",
]
