"""Floor 1: what looks like a student's data in a text or a file, before it goes out."""
