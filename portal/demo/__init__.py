"""Demo people, teams and history, for a first look and for tests of whole journeys."""
