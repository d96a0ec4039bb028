"""What looks like a student's: the labelled set and how well it is found."""
