pragma Singleton
import QtQuick

// Colours, sizes and modes of every page. Main keeps the first block true; all else follows.
QtObject {
    id: root

    property size stage: Qt.size(1080, 1920)
    property real diagonalInch: 32
    property bool motion: true
    property bool largeText: false
    property bool highContrast: false
    property bool lowReach: false

    readonly property bool portrait: stage.height >= stage.width
    readonly property bool sideBySide: !portrait && !lowReach
    readonly property real unit: Math.min(stage.width, stage.height) / 1080
    readonly property real mm: Math.hypot(stage.width, stage.height) / (diagonalInch * 25.4)

    readonly property color background: highContrast ? "#FFFFFF" : "#F6F3EC"
    readonly property color surface: "#FFFFFF"
    readonly property color ink: highContrast ? "#000000" : "#1D2430"
    readonly property color quiet: highContrast ? "#000000" : "#4A5362"
    readonly property color brand: highContrast ? "#000000" : "#A3161F"
    readonly property color brandDeep: highContrast ? "#000000" : "#7C0E16"
    readonly property color brandPale: highContrast ? "#FFFFFF" : "#F9E9E7"
    readonly property color lightInk: "#FFFFFF"
    readonly property color paleInk: highContrast ? "#FFFFFF" : "#FFF1E6"
    readonly property color gold: highContrast ? "#FFE14D" : "#E8B23A"
    readonly property color teal: highContrast ? "#000000" : "#0E6E6B"
    readonly property color tealGround: highContrast ? "#000000" : "#0A5A58" // bears white words
    readonly property color tealDeep: highContrast ? "#000000" : "#073F3E"
    readonly property color tealInk: highContrast ? "#000000" : "#0A5452"
    readonly property color tealPale: highContrast ? "#FFFFFF" : "#E6F1F0"
    readonly property color amber: highContrast ? "#000000" : "#C8811C"
    readonly property color amberGround: highContrast ? "#000000" : "#6B4208" // bears white words
    readonly property color amberDeep: highContrast ? "#000000" : "#4A2D04"
    readonly property color amberInk: highContrast ? "#000000" : "#6B4208"
    readonly property color amberPale: highContrast ? "#FFFFFF" : "#FCF1DE"
    readonly property color indigo: highContrast ? "#000000" : "#3F5C9A"
    readonly property color indigoGround: highContrast ? "#000000" : "#33497D" // bears white words
    readonly property color indigoDeep: highContrast ? "#000000" : "#24355C"
    readonly property color indigoInk: highContrast ? "#000000" : "#2C4072"
    readonly property color indigoPale: highContrast ? "#FFFFFF" : "#E9EDF6"
    readonly property color keyGround: highContrast ? "#FFFFFF" : "#E8E3D6"
    readonly property color keyLine: highContrast ? "#000000" : "#CFC7B5"
    readonly property color tonePale: highContrast ? "#FFFFFF" : "#FFF3D1"
    readonly property color line: highContrast ? "#000000" : "#E3DDD0"
    readonly property color resting: highContrast ? "#000000" : "#5C6675"
    readonly property color veil: highContrast ? "#CC000000" : "#A61D2430"

    readonly property string family: "Be Vietnam Pro"
    readonly property real radius: u(28)
    readonly property real pad: u(40)
    readonly property real gap: Math.max(u(24), Math.ceil(4 * mm))
    readonly property real stroke: highContrast ? u(4) : Math.max(1, u(2))
    readonly property real touch: Math.max(u(112), Math.ceil(16 * mm))
    readonly property real pointsTwentyTwo: 22 / 72 * 25.4 * mm
    readonly property real actionRow: Math.max(touch, Math.ceil(words(42) * 2.6) + u(28)) // two lines of words
    readonly property int swift: motion ? 160 : 0

    // For a technician, who sees well and stands near: denser, and never under 16 mm to touch.
    readonly property real finger: Math.max(u(84), Math.ceil(16 * mm))
    readonly property real seam: Math.max(u(16), Math.ceil(4 * mm))
    readonly property real pointsFourteen: 14 / 72 * 25.4 * mm

    // A length drawn for a stage whose short side is 1080.
    function u(length: real): real {
        return Math.round(length * unit)
    }

    // Text to read: never under 22 points.
    function words(size: real): int {
        return Math.round(Math.max(size * unit, pointsTwentyTwo) * (largeText ? 1.22 : 1))
    }

    // Headings are large already and grow less.
    function heading(size: real): int {
        return Math.round(Math.max(size * unit, pointsTwentyTwo * 1.2) * (largeText ? 1.12 : 1))
    }

    // A technician's words: never under 14 points.
    function fine(size: real): int {
        return Math.round(Math.max(size * unit, pointsFourteen))
    }
}
