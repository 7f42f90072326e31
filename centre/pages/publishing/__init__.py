"""Writing documents: drafts, forms for those who write no TOML, previews, and publishing."""
