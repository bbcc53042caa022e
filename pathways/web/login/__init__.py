"""Ways in and out: a link by mail, the region's own login service, the demo's people, logout, and the language."""
