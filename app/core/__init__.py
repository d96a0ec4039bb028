"""Floor 0: machinery that knows no teacher and no school."""
