"""A list for QML whose rows stay in place when only their words change."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

AnyIndex = QModelIndex | QPersistentModelIndex
Row = Mapping[str, str]


class RowsModel(QAbstractListModel):
    """Rows of texts by role name. `describe` makes them anew; "code" tells which row is which."""

    def __init__(
        self, roles: tuple[str, ...], describe: Callable[[], list[Row]], parent: QObject | None
    ) -> None:
        super().__init__(parent)
        self._roles = {Qt.ItemDataRole.UserRole + n: role for n, role in enumerate(roles, 1)}
        self._describe = describe
        self._rows: list[Row] = []

    def refresh(self) -> None:
        """Describe the rows again; the same codes keep their cards on the screen."""
        rows = self._describe()
        if [row["code"] for row in rows] == [row["code"] for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Qt's question."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Qt's question."""
        name = self._roles.get(role)
        if name is None or not 0 <= index.row() < len(self._rows):
            return None
        return self._rows[index.row()][name]

    def roleNames(self) -> dict[int, QByteArray]:
        """Qt's question."""
        return {role: QByteArray(name.encode()) for role, name in self._roles.items()}
