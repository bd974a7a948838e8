"""The rule kinds of YAML, one module each, found by name.

A kind has two functions. ``compile(*, …)`` takes what stands under ``with:`` in the rule (its keyword-only
parameters are the schema) and gives plain data with the literals to look for; it is slow and strict and raises
RuleError. ``matcher(data)`` makes the mechanism from that data; it is cheap.
"""
