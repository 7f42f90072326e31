"""What is well with this kiosk, what is not, and what to do: `kiosk doctor`."""
