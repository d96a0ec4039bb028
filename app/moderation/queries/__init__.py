"""What is known of cases, reached through those who may judge them, split by noun."""
