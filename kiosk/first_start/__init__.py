"""From a box to a working kiosk: the steps, the templates, the wards."""
