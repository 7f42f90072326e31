"""Metrics, health, logs, retention, export and erasure."""
