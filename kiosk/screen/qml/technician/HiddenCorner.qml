import QtQuick
import ".."

// A technician holds it; whatever else lies below is touched all the same.
Item {
    id: root

    signal held

    objectName: "technician.corner"
    width: Theme.u(120)
    height: width

    TapHandler {
        longPressThreshold: 5 // seconds
        onLongPressed: root.held()
    }
}
