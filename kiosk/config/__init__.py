"""config.toml: what a technician may set, read and checked as a whole."""

from kiosk.config.reading import load_config, parse_config, read_config_text
from kiosk.config.rules import (
    calendar_of,
    hall_plan_of,
    house_week,
    loudness_of,
    priority_rule_of,
    services_of,
)
from kiosk.config.schema import Config
from kiosk.config.survey import parse_survey, read_survey

__all__ = [
    "Config",
    "calendar_of",
    "hall_plan_of",
    "house_week",
    "load_config",
    "loudness_of",
    "parse_config",
    "parse_survey",
    "priority_rule_of",
    "read_config_text",
    "read_survey",
    "services_of",
]
