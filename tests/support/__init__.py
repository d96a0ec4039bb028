"""What the tests stand on: databases, clients, processes. No test data lives here."""
