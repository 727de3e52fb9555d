"""Finding: one port (port.py), the engines behind it, and what all of them share.

From below: language/ and segments/, finding/, showing/, answering.py, engines/, measuring/.
"""
