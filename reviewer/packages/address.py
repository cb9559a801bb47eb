"""Where a package is: small, frozen, sent to workers in place of bytes."""

from dataclasses import dataclass, field

from reviewer.model.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedKey:
    """A public key (Ed25519) that the university trusts."""

    name: str
    """Whose it is: the name of its file in site_config/keys/."""
    raw: bytes
    """Its 32 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PackageAddress:
    """One student's package."""

    university_code: str = ""
    """學校代碼 of the university, in the committee's tree."""
    department_code: str = ""
    """校系代碼, in the committee's tree."""
    applicant_number: str = ""
    """應試號碼, in the committee's tree."""
    package_id: str
    """Name of the folder, or of the zip without its ending; in the committee's tree 應試號碼."""
    location: str
    """Folder or .zip."""
    trusted: tuple[TrustedKey, ...] = field(default=(), compare=False, repr=False)
    """Keys that a bag's signature is held against; they travel with the address to the worker that opens it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What an export holds, found without opening a package."""

    packages: tuple[PackageAddress, ...]
    """By university, department, applicant, id; at least one."""
    form: str
    """`committee` (the path says who applies where, everything in a folder was ticked) or `central` (an applications table says it)."""
    problems: tuple[Problem, ...]
    """What was passed over."""
