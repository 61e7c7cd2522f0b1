"""What machines observed: facts about repositories and packages, each dated and with its source."""
