"""Attune's own settings, with the number of queries of each answer in a header."""

from portal.settings import *  # noqa: F403  (all but what follows)
from portal.settings import MIDDLEWARE

MIDDLEWARE = ["portal.ops.bench.counting.QueryCount", *MIDDLEWARE]
