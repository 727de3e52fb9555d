"""The engines behind the port: Whoosh in a folder, and memory.

Another engine is one more room here, a line in app/__init__.py and one in tests/search/conftest.py.
"""
