"""A stand-in for Stripe: its Checkout, as far as we use it, with signed events. No money moves.

The demonstration runs it so that a visitor can try to pay, and the tests talk to it through the real SDK. It stands
here and not under `tests/`, because an installation of the demonstration has no tests.
"""
