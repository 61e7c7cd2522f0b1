"""The guide is followed as a person would follow it: files are saved, commands typed, outputs compared."""
