"""How requests are signed (RFC 9421): the same words for both ends.

Covered are the method, the authority, the path with its query, and the body's digest (RFC 9530);
the parameters are created, keyid, alg="ed25519" and a nonce. The keyid is the device's name at the
centre, or for an enrolment the public key in hexadecimal.
"""

COVERED = ("@method", "@authority", "@path", "@query", "content-digest")
LABEL = "letan"
FRESH_S = 300  # so far may a signature's moment lie from the centre's clock
"""A device whose clock is wrong learns the centre's from the refusal (code "clock", member `now`),
keeps the difference, and signs by the centre's clock from then on."""
NONCE_BYTES = 16
