"""A process that issues until it is killed: `python issuing_child.py ROOT PREFIX`.

Each number goes out on standard output only after the store has promised it.
"""

import os
import sys
from pathlib import Path

from drafts import draft, opened, requests

store = opened(Path(sys.argv[1]))
for request in requests(9999, sys.argv[2]):
    ticket, _ = store.issue(draft(request), visit=True)
    os.write(1, f"{ticket.request_id} {ticket.number}\n".encode())
