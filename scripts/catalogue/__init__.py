"""What an entry is: models, vocabularies, loading and rules. Imports nothing else of ours."""
