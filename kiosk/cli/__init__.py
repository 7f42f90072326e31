"""The face of the command line: asks the running core over the link."""
