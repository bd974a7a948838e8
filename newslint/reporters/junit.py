"""JUnit XML: a file is a test suite, a diagnostic a failed test; CI servers draw tables and trends from it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from xml.etree.ElementTree import Element
from xml.etree.ElementTree import SubElement

from newslint.reporters import Result
from newslint.reporters import markup


def report(results: Sequence[Result], *, colour: bool) -> Iterator[str]:
    """One XML document. A file in which nothing was found is one test that passed."""
    suites = Element("testsuites", name="newslint")
    tests = failures = 0
    for result in results:
        failed = len(result.diagnostics)
        suite = SubElement(
            suites, "testsuite", name=result.path, tests=str(failed or 1), failures=str(failed), errors="0"
        )
        tests, failures = tests + (failed or 1), failures + failed
        if not failed:
            SubElement(suite, "testcase", name="newslint", classname=result.path)
        for diagnostic in result.diagnostics:
            start = result.document.position(diagnostic.span.start)
            place = f"{start.line}:{start.column}"
            case = SubElement(suite, "testcase", name=f"{diagnostic.rule} {place}", classname=result.path)
            failure = SubElement(case, "failure", type=str(diagnostic.severity), message=diagnostic.message)
            fixes = [f"fix ({fix.applicability}): {fix.title}" for fix in diagnostic.fixes]
            failure.text = "\n".join([f"{result.path}:{place}: {diagnostic.message}", *fixes])
    suites.set("tests", str(tests))
    suites.set("failures", str(failures))
    yield from markup.xml(suites)
