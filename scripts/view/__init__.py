"""What follows from entries and facts on a given date. Pure: no files, no clock."""
