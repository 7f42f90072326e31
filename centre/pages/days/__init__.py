"""A site's days and months, from what its kiosks told: tickets, steps and answers made again."""
