"""JUnit XML: a file is a test suite, a diagnostic a failed test; CI servers draw tables and trends from it."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterable
from collections.abc import Iterator
from xml.etree.ElementTree import Element
from xml.etree.ElementTree import SubElement

from newslint.reporters import Result
from newslint.reporters import markup


def report(results: Iterable[Result], *, colour: bool) -> Iterator[str]:
    """One XML document. A file in which nothing was found is one test that passed."""
    suites = Element("testsuites", name="newslint")
    tests = failures = 0
    for path, articles in itertools.groupby(results, operator.attrgetter("path")):
        found = [(result, diagnostic) for result in articles for diagnostic in result.diagnostics]
        failed = len(found)
        suite = SubElement(suites, "testsuite", name=path, tests=str(failed or 1), failures=str(failed), errors="0")
        tests, failures = tests + (failed or 1), failures + failed
        if not failed:
            SubElement(suite, "testcase", name="newslint", classname=path)
        for result, diagnostic in found:
            place = result.place(diagnostic)
            case = SubElement(suite, "testcase", name=f"{diagnostic.rule} {place}", classname=path)
            failure = SubElement(case, "failure", type=str(diagnostic.severity), message=diagnostic.message)
            fixes = [f"fix ({fix.applicability}): {fix.title}" for fix in diagnostic.fixes]
            failure.text = "\n".join([f"{path}:{place}: {diagnostic.message}", *fixes])
    suites.set("tests", str(tests))
    suites.set("failures", str(failures))
    yield from markup.xml(suites)
