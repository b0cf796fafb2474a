"""Printing results: milliseconds at p50, p95 and p99, and ratios."""

from collections.abc import Sequence


def percentile(seconds: Sequence[float], share: float) -> float:
    """The time, in milliseconds, within which this share of the runs ended."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


def show_times(title: str, rows: Sequence[tuple[str, Sequence[float]]], beside: Sequence[float]) -> None:
    """Each row's p50, p95 and p99 in milliseconds, and p50 and p95 as a multiple of the p50 of `beside`."""
    unit = percentile(beside, 0.5)
    print(f"\n{title}\n{'':44}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'p50 x':>9}{'p95 x':>9}")
    for name, seconds in rows:
        p50, p95, p99 = (percentile(seconds, share) for share in (0.5, 0.95, 0.99))
        print(f"{name:44}{p50:9.3f}{p95:9.3f}{p99:9.3f}{p50 / unit:9.1f}{p95 / unit:9.1f}")


def show_rows(title: str, rows: Sequence[tuple[str, str]]) -> None:
    print(f"\n{title}")
    for name, value in rows:
        print(f"{name:44}{value}")
