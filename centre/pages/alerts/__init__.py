"""Alerts: rules look at the fleet, what they find is told once when it begins and once when it is
over, by mail and webhook.

    look (one worker at a time) ─▶ ONE transaction = alerts + messages      *** durable here ***
    tell ─▶ a message is taken, sent, and marked; or tried again later
"""
