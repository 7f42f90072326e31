"""`centre run`: processes, the listening socket, TLS; the composition is handed to each worker."""
