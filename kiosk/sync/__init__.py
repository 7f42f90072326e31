"""The device's side of the centre: who this kiosk is there, how it speaks, what it was given.

keys, enrolment, marks    who it is: a key that never leaves it, a name, and in which computer
clock, signing, client    how it speaks: signed by the centre's clock, each wait with an end
packing                   the outbox on its way up
shelf, checking           documents on their way down: whole, checked, swapped, put back
"""
