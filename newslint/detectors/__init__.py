"""Algorithms that no rule kind can express, one module each, found by name from a rule of kind ``detector``."""
