"""Documents as a centre gives them: signed by a key of the test's own."""

import gzip
import hashlib

from centre.wire import DocumentNotice
from centre.wire.documents import signed_words
from kiosk.errors import CentreAway
from kiosk.sync.enrolment import Enrolled
from kiosk.sync.keys import DeviceKey

KEY = DeviceKey(bytes(reversed(range(32))))
ENROLLED = Enrolled(
    url="",
    device="kiosk-1",
    site="ba-dinh",
    name="Cửa chính",
    public_key="00" * 32,
    document_key=KEY.public,
    enrolled_at="2026-11-23T08:00:00+07:00",
)


def notice(name, version, body=b"", *, audience="", removed=False, key=KEY, **other):
    """A notice of a document, rightly signed unless another key is given."""
    sha256 = hashlib.sha256(body).hexdigest()
    words = signed_words(name, audience, version, sha256, removed=removed)
    told = {"size": len(body), "sha256": sha256, "signature": key.sign(words).hex(), **other}
    return DocumentNotice(name=name, version=version, audience=audience, removed=removed, **told)


class Giver:
    """What lies at the centre; it can send it in pieces, packed, torn or not at all."""

    def __init__(self):
        self.bodies = {}
        self.asked = []
        self.piece = 7
        self.packed = self.away = False

    def give(self, name, version, body=b"", **more):
        """Publish it; its notice."""
        told = notice(name, version, body, **more)
        self.bodies[name, version] = body
        return told

    def fetch(self, wanted, sink):
        """As CentreClient.document."""
        self.asked.append((wanted.name, wanted.version))
        if self.away:
            raise CentreAway("the cable is out")
        body = self.bodies[wanted.name, wanted.version]
        data = gzip.compress(body) if self.packed else body
        for at in range(0, len(data), self.piece):
            sink(data[at : at + self.piece])
