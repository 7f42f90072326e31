"""Every trial, by its name, in the order of `make prove`."""

from tools.prove.trial import Trial
from tools.prove.trials import (
    apart,
    clock,
    disk,
    fuzz,
    kills,
    network,
    power,
    printer,
    screen,
    ward,
    years,
)

TRIALS: dict[str, Trial] = {
    one.name: one
    for one in (
        kills.TRIAL,
        power.TRIAL,
        disk.TRIAL,
        clock.TRIAL,
        network.TRIAL,
        apart.TRIAL,
        printer.TRIAL,
        years.TRIAL,
        ward.TRIAL,
        screen.TRIAL,
        fuzz.TRIAL,
    )
}
