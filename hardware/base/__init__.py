"""The base under the kiosk: one that stands, or one that drives.

report      what became of a delivery
fixed       stands where it was put, its dispensers within reach
rosbridge   a ROS 2 robot with Nav2, through a rosbridge websocket
ports       from the text of a configuration to a base
"""
