"""Tasks: made, done, declared not applicable, handed on, put off and reopened."""
