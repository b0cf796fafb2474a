"""Pages over HTTP on a county's register, beside the one page that asks the database nothing."""

from benchmarks.browsing import Browser
from benchmarks.tables import show_times
from benchmarks.world import World

VISITS = 100


def run(world: World) -> None:
    with world.server() as address:
        officer = Browser(world, address, "manager@oxford.example.org")
        people = officer.links("/people", "/people/[0-9a-f-]{36}")
        visited = {
            "style sheet (no database)": ["/static/licensing.css"],
            "home": ["/"],
            "list of people": [f"/people?page={number}" for number in range(1, 20)],
            "list of people, filtered by status": ["/people?status=in_force", "/people?status=revoked"],
            "a person": people,
            "list of checks": ["/checks"],
            "form for a check": ["/checks/new"],
        }
        times = [(name, [officer.get(paths[n % len(paths)]) for n in range(VISITS)]) for name, paths in visited.items()]
    show_times("Pages over HTTP, beside a static file", times, times[0][1])
