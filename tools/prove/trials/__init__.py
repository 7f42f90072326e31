"""Every trial, by its name, in the order of `make prove`."""

from tools.prove.trial import Trial
from tools.prove.trials import disk, fuzz, kills, power, screen, ward

TRIALS: dict[str, Trial] = {
    one.name: one
    for one in (
        kills.TRIAL,
        power.TRIAL,
        disk.TRIAL,
        ward.TRIAL,
        screen.TRIAL,
        fuzz.TRIAL,
    )
}
