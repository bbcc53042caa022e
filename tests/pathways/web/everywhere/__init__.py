"""What holds on every page and at every door of the web, whoever made it."""
