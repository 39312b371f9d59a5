"""What a check of content has to say about one place of it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error keeps content from being published."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Finding:
    """One thing worth an author's attention: its code, its place and a sentence that helps."""

    code: str
    severity: Severity
    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.path}: {self.sentence} [{self.code}]"
