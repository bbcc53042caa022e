"""The use cases, one a file, named by what is done. They load, decide, write and announce, in one transaction."""
