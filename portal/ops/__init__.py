"""Running Attune: the start command, its servers, health and measurements."""
