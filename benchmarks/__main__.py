"""Run every benchmark on a council's register of 50,000 invented drivers, and on those of a whole county.

    python -m benchmarks [--people 50000] [--matching DIR]

DIR holds a labelled register and enquiries (see matching_accuracy.py) and may be given as MATCHING_DATA;
without it, accuracy is not measured and the output says so.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import driver_check, pages, register_import
from benchmarks.world import World


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=50_000)
    asked.add_argument("--matching", default=os.environ.get("MATCHING_DATA", ""))
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="licensing-bench-") as folder, World(Path(folder)) as world:
        file = world.write_drivers(given.people)
        register_import.run(world, file)
        driver_check.run(world)
        pages.run(world)
    subprocess.run([sys.executable, "-m", "benchmarks.registers"], check=True)
    subprocess.run([sys.executable, "-m", "benchmarks.briefings"], check=True)
    if given.matching:
        subprocess.run([sys.executable, "benchmarks/matching_accuracy.py", given.matching], check=True)
    else:
        print("\nMatching accuracy: NOT MEASURED. Give a folder of labelled data with --matching or MATCHING_DATA.")


main()
