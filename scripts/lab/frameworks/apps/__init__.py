"""The same small application in each framework, in its own documented idiom."""
