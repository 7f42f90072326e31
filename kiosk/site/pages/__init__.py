"""The pages: what a browser opens, and the parts that it fetches again (htmx)."""
