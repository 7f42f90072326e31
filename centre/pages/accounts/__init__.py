"""Who works with the pages: accounts, passwords, second factor, sessions, lock-out, audit."""
