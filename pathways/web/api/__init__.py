"""The API: the same queries and use cases for programs, with bearer tokens and no cookies."""
