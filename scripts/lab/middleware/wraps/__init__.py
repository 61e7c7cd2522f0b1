"""Wrapped applications, a module for each subject: `wrap(app)` in the documented default configuration."""
