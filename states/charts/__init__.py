"""The charts, one module per version; a version that has been in use is never changed, only followed by the next."""
