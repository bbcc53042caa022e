"""May this happen? The introduction as a statechart: pure decisions over facts, nothing remembered, nothing sent.

Who remembers is `pathways`; who delivers is `notifications`. Only python-statemachine is imported here.
"""
