"""Clients that send what they are told to, right or wrong: a polite client hides what a server does with the rest."""
