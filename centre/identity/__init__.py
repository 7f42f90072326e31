"""Who speaks: enrolment by a one-time code, signed requests, new keys, revocation."""
