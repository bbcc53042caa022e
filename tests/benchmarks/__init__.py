"""How fast the product is, as ratios within one run; nothing here fails on a time. Run with `-m benchmark`."""
