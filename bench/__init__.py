"""`make bench`: the figures of docs/numbers.md on this machine, against their aims and floors."""
