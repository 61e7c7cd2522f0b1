"""Text: pure functions from a view to ``{path: text}``, and the one function that makes the disk match."""
