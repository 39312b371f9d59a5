"""What a viewer sees of programmes."""
