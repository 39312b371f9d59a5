"""What Attune teaches, and who must learn it."""
