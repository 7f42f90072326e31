"""Two monitors and a touch screen, as xrandr and xinput tell of them."""

from kiosk.monitors import Output, arrangement, in_order, parse_outputs, parse_touch_screens

XRANDR = """Screen 0: minimum 320 x 200, current 3840 x 1080, maximum 16384 x 16384
eDP-1 disconnected (normal left inverted right x axis y axis)
HDMI-1 connected 1920x1080+0+0 (normal left inverted right x axis y axis) 1218mm x 685mm
   1920x1080     60.00*+  50.00    59.94
   1280x720      60.00    50.00
DP-1 connected primary 1920x1080+0+0 (normal left inverted right x axis y axis) 598mm x 336mm
   1920x1080     60.00*+
DP-2 connected (normal left inverted right x axis y axis)
   1280x1024     60.02 +
"""
XINPUT = """⎡ Virtual core pointer                    \tid=2\t[master pointer  (3)]
\tReporting 8 classes:
\t\tClass originated from: 9. Type: XITouchClass
\t\tTouch mode: direct
\t\tMax number of touches: 10
⎜   ↳ Virtual core XTEST pointer              \tid=4\t[slave  pointer  (2)]
\tReporting 3 classes:
\t\tClass originated from: 4. Type: XIButtonClass
⎜   ↳ SynPS/2 Synaptics TouchPad              \tid=8\t[slave  pointer  (2)]
\t\tClass originated from: 8. Type: XITouchClass
\t\tTouch mode: dependent
⎜   ↳ ILITEK Multi-Touch-V5000                \tid=9\t[slave  pointer  (2)]
\tReporting 5 classes:
\t\tClass originated from: 9. Type: XITouchClass
\t\tTouch mode: direct
⎣ Virtual core keyboard                   \tid=3\t[master keyboard (2)]
    ↳ AT Translated Set 2 keyboard            \tid=10\t[slave  keyboard (3)]
"""


def test_what_is_connected():
    outputs = parse_outputs(XRANDR)
    assert outputs == [
        Output("eDP-1", connected=False),
        Output("HDMI-1", connected=True, place="1920x1080+0+0"),
        Output("DP-1", connected=True, primary=True, place="1920x1080+0+0"),
        Output("DP-2", connected=True),
    ]
    assert parse_outputs("Can't open display :0\n") == []


def test_a_touch_screen_is_told_from_a_touch_pad_and_from_what_sums_them_up():
    assert parse_touch_screens(XINPUT) == {9: "ILITEK Multi-Touch-V5000"}
    assert parse_touch_screens("") == {}


def names(citizens: str, board: str) -> list[str]:
    return [one.name for one in in_order(parse_outputs(XRANDR), citizens, board)]


def test_the_citizens_is_the_first_and_the_boards_the_second():
    assert names("", "") == ["DP-1", "HDMI-1", "DP-2"]
    assert names("HDMI-1", "") == ["HDMI-1", "DP-1", "DP-2"]
    assert names("", "DP-1") == ["HDMI-1", "DP-1", "DP-2"]
    assert names("HDMI-1", "DP-2") == ["HDMI-1", "DP-2", "DP-1"]
    assert names("VGA-1", "DP-2") == ["DP-1", "DP-2", "HDMI-1"]
    assert names("DP-1", "DP-1") == ["DP-1", "HDMI-1", "DP-2"]
    assert [one.name for one in in_order(parse_outputs(XRANDR)[1:2], "", "HDMI-1")] == ["HDMI-1"]


def test_side_by_side():
    two = [Output("HDMI-1", connected=True), Output("HDMI-2", connected=True)]
    assert " ".join(arrangement(two, citizens="HDMI-2", rotation="left")) == (
        "--output HDMI-2 --auto --primary --pos 0x0 --rotate left "
        "--output HDMI-1 --auto --rotate normal --right-of HDMI-2"
    )
    one = [Output("HDMI-1", connected=True), Output("HDMI-2", connected=False)]
    assert " ".join(arrangement(one)) == (
        "--output HDMI-1 --auto --primary --pos 0x0 --rotate normal --output HDMI-2 --off"
    )
    assert arrangement([]) == []
