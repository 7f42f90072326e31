"""config.toml on the disk: explained, changed, kept, and put back as it was."""
