"""Runs the tours and counts them in the words that .ci/step reads.

    BERTH_BIN=target/debug/berth python end2end/aws [name of a test]
"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).parent


def main() -> int:
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{word}*" for word in sys.argv[1:]] or None
    tests = loader.discover(str(HERE), pattern="*_tour.py")
    result = unittest.TextTestRunner(verbosity=2).run(tests)
    failed = len(result.failures) + len(result.errors)
    print(f"  {result.testsRun - failed} passed")
    if failed or not result.testsRun:
        print(f"  {max(failed, 1)} failed")
    return 1 if failed or not result.testsRun else 0


sys.exit(main())
