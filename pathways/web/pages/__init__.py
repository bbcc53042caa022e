"""One module per area of the product's pages; each translates a request, calls, and shows what came of it."""
