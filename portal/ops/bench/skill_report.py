"""Prints how well the skill estimate meets the truth of simulated learners, against its bars."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.ops.bench.simulated_learners import World
from portal.ops.bench.skill_simulation import Table, simulate

LEARNERS, SEED = 4000, 7
COVERAGE, FAST_COVERAGE = (0.75, 0.86), (0.72, 0.86)
GAIN, STRENGTH_ERROR = 0.10, 0.05


@dataclass(frozen=True)
class Setting:
    """A world to simulate, what is known of it beforehand, and the bar for the 80 % range."""

    name: str
    world: World
    is_piloted: bool = True
    coverage: tuple[float, float] = COVERAGE


SETTINGS = (
    Setting("as modelled", World()),
    Setting("no pilot: first day", World(), is_piloted=False),
    Setting("fast drift", World(wander_sd=0.40), coverage=FAST_COVERAGE),
    Setting("no drift, no growth", World(wander_sd=0, growth_mean=0, growth_sd=0)),
    Setting("one lead, very strict or mild", World(severity_sd=0.70, has_one_lead=True)),
    Setting("all leads a point too severe", World(severity_mean=1.0)),
    Setting("only easy or only hard items", World(keeps_to_half=True)),
    Setting("noisy scenarios", World(scenario_sd=1.0)),
    Setting("few events, 1 to 3", World(events=(1, 3))),
)


def run_skills(learners: int = LEARNERS, seed: int = SEED) -> int:
    """Simulate every setting, print its row, and return 1 if any bar is missed."""
    print(f"{learners:,} simulated learners a row, seed {seed}; a quarter is the pilot, the others")
    print("are judged. 'avg' is the plain average of the same values.")
    print(
        f"{'':<30}{'RMSE':>6}{'avg':>6}{'r':>6}{'avg':>6}{'bias':>7}{'80 %':>6}{'width':>7}"
        f"{'P>=.90':>8}{'gap':>6}{'found':>7}{'next':>6}\n"
        f"{'':<67}{'holds':>6}{'':>7}{'wrong':>8}{'right':>6}{'':>7}{'held':>6}"
    )
    missed = []
    for setting in SETTINGS:
        table = simulate(setting.world, learners=learners, seed=seed, is_piloted=setting.is_piloted)
        print(_row(setting.name, table), flush=True)
        missed += [f"{setting.name}: {what}" for what in misses(setting, table)]
    print("\nEvery bar is met." if not missed else "\nBars missed:\n  " + "\n  ".join(missed))
    return 1 if missed else 0


def misses(setting: Setting, table: Table) -> Iterator[str]:
    """Say which bars a row misses, and by how much."""
    low, high = setting.coverage
    if not low <= table.coverage <= high:
        over = max(low - table.coverage, table.coverage - high)
        yield f"the 80 % range holds {table.coverage:.3f}, outside {low} to {high} by {over:.3f}"
    if table.gain < GAIN:
        yield f"the error is {table.gain:.1%} below the average's, not {GAIN:.0%}"
    if table.strength_error > STRENGTH_ERROR:
        yield f"P>=.90 is wrong in {table.strength_error:.1%}, above {STRENGTH_ERROR:.0%}"


def _row(name: str, table: Table) -> str:
    return (
        f"{name:<30}{table.rmse:>6.3f}{table.average_rmse:>6.3f}{table.r:>6.2f}"
        f"{table.average_r:>6.2f}{table.bias:>+7.3f}{table.coverage:>6.2f}{table.width:>7.2f}"
        f"{table.strength_error:>8.1%}{table.gap_right:>6.0%}{table.gap_found:>7.0%}"
        f"{table.next_held:>6.2f}"
    )
