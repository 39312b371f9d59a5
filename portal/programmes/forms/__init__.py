"""What a lead decides about a programme, and what an agent answers."""
