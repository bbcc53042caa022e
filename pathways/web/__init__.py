"""The product in a browser: pages and the API. A page reads through queries and acts through use cases only."""
