"""The lists that the reply coach goes by: exact words, each open to anybody's objection.

All are English. A list holds only what means the same nearly wherever it stands; measured on fresh
replies, anything cleverer was wrong too often to be shown to the person who wrote them.
"""

OPEN_QUESTION_STARTS = (
    "how are things",
    "how did that feel",
    "how did that go",
    "how do you feel",
    "how does that feel",
    "how does that sound",
    "how has that",
    "how have things",
    "how would you like",
    "what did i miss",
    "what else",
    "what happened",
    "what has been",
    "what have i missed",
    "what have you",
    "what matters",
    "what worries",
    "what would help",
    "what would you like",
    "what's been",
    "what's going on",
    "what's on your mind",
    "what's worrying",
)

JARGON = (
    "adjudicated",
    "adjudication",
    "allowable amount",
    "authorized representative",
    "balance billing",
    "coinsurance",
    "copay",
    "coverage determination",
    "cpt code",
    "date of service",
    "deductible",
    "eob",
    "explanation of benefits",
    "formulary",
    "hipaa",
    "in-network",
    "medical necessity",
    "member id",
    "out-of-network",
    "out-of-pocket maximum",
    "patient responsibility",
    "phi",
    "pre-authorization",
    "prior auth",
    "prior authorization",
    "provider network",
    "remittance",
    "subscriber",
)

STOCK_PHRASES = (
    "as i said",
    "as per our policy",
    "as per policy",
    "calm down",
    "does that make sense",
    "everything happens for a reason",
    "for your convenience",
    "i apologize for any inconvenience",
    "i can only imagine",
    "i do apologize",
    "i hear you",
    "i know exactly how you feel",
    "i know how you feel",
    "i understand how you feel",
    "i understand your concern",
    "i understand your concerns",
    "i understand your frustration",
    "it's our policy",
    "no worries",
    "per our policy",
    "please be advised",
    "rest assured",
    "sorry for any inconvenience",
    "sorry for the inconvenience",
    "thank you for your patience",
    "thank you for your understanding",
    "that's our policy",
    "we appreciate your patience",
    "we value your business",
    "your call is important to us",
)

# A next step: who will act, and when.
WHO_WILL_ACT = (
    "i'll",
    "i will",
    "i'm going to",
    "we'll",
    "we will",
    "you'll hear",
    "you will hear",
    "you'll get",
    "you will get",
)

# The commonest English words. A text in which they are rare is not graded for reading.
COMMON_ENGLISH = frozenset(
    {
        *("a", "about", "all", "and", "are", "as", "at", "be", "but", "by", "can", "do", "for"),
        *("from", "have", "i", "if", "in", "is", "it", "me", "my", "of", "on", "or", "so", "that"),
        *("the", "this", "to", "we", "what", "will", "with", "you", "your"),
    }
)
