"""One file for whoever helps from afar, without anything personal: `kiosk support bundle`."""
