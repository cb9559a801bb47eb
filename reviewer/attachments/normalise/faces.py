"""The faces that normalising draws with."""

from dataclasses import dataclass
from pathlib import Path

from reviewer.fonts.faces import fallback_faces, latin_faces, project_faces


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """Font files, all TrueType outlines."""

    regular: Path
    """The project's typeface."""
    bold: Path
    """Its bold weight."""
    latin: tuple[Path, Path] | None = None
    """The project's face for Latin letters that its typeface lacks, regular and bold."""
    fallbacks: tuple[Path, ...] = ()
    """Faces for characters that the project's lack, tried in this order."""

    def main(self, *, bold: bool) -> Path:
        """Return the project's face of a weight."""
        return self.bold if bold else self.regular


def installed_faces() -> Faces:
    """Return the project's faces with the fallback faces of this machine."""
    regular, bold = project_faces()
    latin_regular, latin_bold = latin_faces()
    return Faces(
        regular=regular.path,
        bold=bold.path,
        latin=(latin_regular.path, latin_bold.path),
        fallbacks=tuple(face.path for face in fallback_faces()),
    )
