"""Tools for developers; the product and its tests run without them."""
