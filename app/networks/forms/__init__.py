"""Forms of this feature, and the reading of pasted lists."""
