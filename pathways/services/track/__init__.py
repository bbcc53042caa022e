"""Commands that move an introduction and bring little or no data of their own."""
