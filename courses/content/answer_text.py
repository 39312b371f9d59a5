"""Comparing short answers with what an author accepts, however they were typed."""

from unicodedata import category, normalize

_ALIKE = str.maketrans("’‘‛`´“”„«»–—‑−", "'''''\"\"\"\"\"----")
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
