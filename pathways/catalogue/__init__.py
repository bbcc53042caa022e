"""The national catalogue of care pathways as checked data, and what is known of Region Dalarna in June 2021."""
