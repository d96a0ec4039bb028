"""Files: one port for everything that people upload."""
