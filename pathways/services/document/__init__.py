"""Documents of the authority: from working paper to fixed and dispatched. What they say is built by `queries`."""
