"""Staff as rows. A PIN is here as its hash alone."""

from __future__ import annotations

from sqlite_utils import Database

from kiosk.queueing.staff import Staff


class StaffTable:
    """The rows of `staff`. Its writing methods belong inside `database.immediate`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, staff: Staff, pin_hash: str) -> None:
        """Add or change; an empty hash leaves the PIN as it is."""
        self._database.execute(
            "INSERT INTO staff (code, name, role, pin_hash) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (code) DO UPDATE SET name = excluded.name, role = excluded.role,"
            " pin_hash = coalesce(nullif(excluded.pin_hash, ''), pin_hash)",
            [staff.code, staff.name, staff.role, pin_hash],
        )

    def remove(self, code: str) -> bool:
        """They are gone; tells whether they were there."""
        cursor = self._database.execute("DELETE FROM staff WHERE code = ?", [code])
        return bool(cursor.rowcount > 0)

    def all(self) -> list[Staff]:
        """Everybody, by name."""
        rows = self._database.execute(
            "SELECT code, name, role FROM staff ORDER BY name, code"
        ).fetchall()
        return [Staff(code=code, name=name, role=role) for code, name, role in rows]

    def pin_hash(self, code: str) -> str:
        """The hash of their PIN; "" for nobody's code."""
        row = self._database.execute("SELECT pin_hash FROM staff WHERE code = ?", [code]).fetchone()
        return "" if row is None else str(row[0])
