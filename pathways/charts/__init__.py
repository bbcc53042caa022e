"""Draws judged series: a `Chart` becomes an SVG, four sentences and a table; pure, no browser and no library."""
