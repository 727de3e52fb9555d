"""The engines behind the port: Whoosh in a folder, and memory.

Another engine is one more room here, a line in app/__init__.py and one in tests/search/conftest.py.
It may yield segments, as these two do: then all below (answering, showing, finding) serves it.
Or it answers the port by its own means, from what language/ has understood.
"""
