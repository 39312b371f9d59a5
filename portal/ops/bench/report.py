"""Prints the bench's figures against their bars."""

from portal.ops.bench.pages import FIRST_VISIT_BYTES, FIRST_VISIT_REQUESTS, GROWTH_BAR
from portal.ops.bench.take import Measured


def print_report(measured: list[Measured]) -> int:
    """Print a table for each size, growth, and visits; return 1 if any bar is missed."""
    missed = [name for size in measured for name in _print_costs(size)]
    if len(measured) > 1:
        missed += _print_growth(measured[0], measured[-1])
    missed += _print_visits(measured[-1])
    print("\nEvery bar is met." if not missed else "\nBars missed: " + "; ".join(missed) + ".")
    return 1 if missed else 0


def _print_costs(size: Measured) -> list[str]:
    bare = size.bare
    print(f"\n{size.people:,} people. The bare page: {bare.queries} queries, {bare.cpu_ms:.2f} ms.")
    print(f"{'page':<18}{'queries':>8}{'CPU ms':>9}{'ratio':>8}{'bar':>6}{'HTML bytes':>12}")
    missed = []
    for page, cost in size.costs:
        mark = "" if cost.ratio <= page.bar else "  missed"
        print(
            f"{page.name:<18}{cost.queries:>8}{cost.cpu_ms:>9.2f}{cost.ratio:>8.2f}{page.bar:>6.1f}"
            f"{cost.html_bytes:>12,}{mark}"
        )
        if mark:
            missed.append(f"{page.name} at {size.people:,}: {cost.ratio:.2f} times")
    return missed


def _print_growth(small: Measured, large: Measured) -> list[str]:
    print(f"\nGrowth of CPU from {small.people:,} to {large.people:,} people (bar {GROWTH_BAR}).")
    missed = []
    for (page, before), (_, after) in zip(small.costs, large.costs, strict=True):
        growth = after.ratio / before.ratio
        mark = "" if growth <= GROWTH_BAR else "  missed"
        print(f"{page.name:<18}{growth:>8.2f}{mark}")
        if mark:
            missed.append(f"{page.name} grows {growth:.2f} times")
    return missed


def _print_visits(size: Measured) -> list[str]:
    if not size.visits:
        print("\nBytes and requests of a visit were not measured: left out, or no Chromium here.")
        return []
    print(
        f"\nA first visit (bars {FIRST_VISIT_BYTES:,} bytes, {FIRST_VISIT_REQUESTS} requests) "
        "and a repeat."
    )
    print(f"{'page':<18}{'bytes':>9}{'requests':>10}{'repeat':>9}{'requests':>10}")
    missed = []
    for page, (first, repeat) in size.visits:
        is_over = first.transferred_bytes > FIRST_VISIT_BYTES
        is_over |= first.requests > FIRST_VISIT_REQUESTS
        print(
            f"{page.name:<18}{first.transferred_bytes:>9,}{first.requests:>10}"
            f"{repeat.transferred_bytes:>9,}{repeat.requests:>10}{'  missed' if is_over else ''}"
        )
        if is_over:
            missed.append(f"first visit to {page.name}")
    return missed
