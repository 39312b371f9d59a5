"""Comparing short answers with what an author accepts, however they were typed."""

import re
from unicodedata import category, normalize

_ALIKE = str.maketrans("’‘‛`´“”„«»–—‑−", "'''''\"\"\"\"\"----")
_WORD = re.compile(r"\w+(?:['-]\w+)*")
_EDGES = " .,;:!?\"'()"


def comparable(text: str) -> str:
    """Return a text without what does not matter in a short answer; safe to repeat.

    Case, width and ways to write one character are folded as Unicode folds them for identifiers
    (toNFKC_Casefold, The Unicode Standard 3.13); quotes and dashes of every shape are alike, runs
    of space are one, and punctuation around the answer is left out. Accents stay: they make words.
    """
    visible = "".join(one for one in text if category(one) != "Cf")
    folded = normalize("NFKC", normalize("NFKC", normalize("NFD", visible).casefold()).casefold())
    return " ".join(folded.translate(_ALIKE).split()).strip(_EDGES)


def is_accepted(text: str, accepted: tuple[str, ...]) -> bool:
    """Say whether a text is one of those accepted."""
    return comparable(text) in {comparable(one) for one in accepted}


def fits_pattern(text: str, pattern: str) -> bool:
    """Say whether the words of a text are those of a pattern, where `*` stands for any words.

    Words are compared as short answers are, without the punctuation between them. It never
    looks back, so that no pattern takes long.
    """
    words = _words(text)
    runs = [_words(part) for part in pattern.split("*")]
    if len(runs) == 1:
        return words == runs[0]
    first, *between, last = runs
    end = len(words) - len(last)
    if len(first) > end or words[: len(first)] != first or words[end:] != last:
        return False
    place = len(first)
    for run in between:
        found = _after(run, words[:end], place)
        if found is None:
            return False
        place = found
    return True


def _words(text: str) -> list[str]:
    return _WORD.findall(comparable(text))


def _after(run: list[str], words: list[str], place: int) -> int | None:
    """Return where the words go on after the first place where `run` stands; None if nowhere."""
    for start in range(place, len(words) - len(run) + 1):
        if words[start : start + len(run)] == run:
            return start + len(run)
    return None
