"""The JSON API, `/api/v1`: one module for each of those who ask. docs/api.md tells it in prose."""
