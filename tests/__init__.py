"""The tests of Attune; folders mirror the source."""
