"""What a patient card may bring that changes how a call goes: calls can be compared by it."""

from enum import StrEnum


class PatientKind(StrEnum):
    """Something about a patient that asks the agent for more than the story does."""

    LANGUAGE = "language"
    HEARING = "hearing"
    SPEECH = "speech"
    SIGHT = "sight"
    READING = "reading"
    OLDER = "older"
    IDENTITY = "identity"
    CULTURE = "culture"
    FAMILY = "family"
