"""What `reviewer verify` asks of a package: readable, every hash of a bag right, every part of its shape, every file that is named there."""

from reviewer.model.attachment import FileLink
from reviewer.model.portfolio import Portfolio
from reviewer.model.problem import Problem, ProblemKind, SetAside, Severity, Where
from reviewer.model.text import Text
from reviewer.packages.address import PackageAddress
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read

SIGNATURE_VALID = ProblemKind(
    "signature-valid",
    Severity.NOTE,
    Text("簽章有效（{signer}）。", "The signature is valid ({signer})."),
    Text("無須處理。", "Nothing need be done."),
)


def verify(address: PackageAddress) -> tuple[Problem, ...]:
    """Everything that is wrong with a package, gravest first; what would set it aside has severity ERROR. Never raises for content."""
    try:
        with open_package(address) as opened:
            portfolio = read(opened)
    except SetAside as reason:
        return reason.problems
    signed = portfolio.signature if portfolio.signature and portfolio.signature.state == "valid" else None
    said = (SIGNATURE_VALID.at(Where(package=address.package_id), signer=signed.signer),) if signed else ()
    found = (*said, *portfolio.problems, *(link.problem for link in file_links(portfolio) if link.problem))
    order = ("error", "warning", "note")
    return tuple(sorted(found, key=lambda problem: order.index(problem.severity.value)))


def file_links(portfolio: Portfolio) -> tuple[FileLink, ...]:
    """Every file that the portfolio refers to, in its order."""
    links = [link for outcome in portfolio.outcomes for link in outcome.files]
    links += [link for performance in portfolio.performances for link in performance.files]
    for upload in portfolio.uploads:
        links += (upload.file, *upload.pictures)
    links += [glyph.picture for glyph in portfolio.glyphs if glyph.picture]
    return (*links, portfolio.photo) if portfolio.photo else tuple(links)
