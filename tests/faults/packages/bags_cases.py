"""BagIt bags that are not what their manifests say."""

from pathlib import Path

from tests.faults.packages.bag_making import write_bag
from tests.faults.packages.casebook import case
from tests.faults.packages.making import PDF, good

# Bags.


@case
def bag_changed(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "data" / "報導.pdf").write_bytes(PDF + b"x")
    return bag


@case
def bag_changed_same_size(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "data" / "報導.pdf").write_bytes(PDF.replace(b"1.4", b"1.7"))
    return bag


@case
def bag_lacks_file(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "data" / "報導.pdf").unlink()
    return bag


@case
def bag_has_more(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "data" / "多的.pdf").write_bytes(PDF)
    return bag


@case
def bag_manifest_line_malformed(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    with (bag / "manifest-sha256.txt").open("a") as manifest:
        manifest.write("只有檔名\n")
    return bag


@case
def bag_manifest_hash_short(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    manifest = bag / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text()[1:])
    return bag


@case
def bag_manifest_lists_twice(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    manifest = bag / "manifest-sha256.txt"
    manifest.write_text(manifest.read_text() + manifest.read_text().splitlines()[0] + "\n")
    return bag


@case
def bag_manifest_leads_out(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    with (bag / "manifest-sha256.txt").open("a") as manifest:
        manifest.write(f"{'0' * 64}  data/../../x.pdf\n")
    return bag


@case
def bag_manifest_in_big5(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    manifest = bag / "manifest-sha256.txt"
    manifest.write_bytes(manifest.read_text().encode("cp950"))
    return bag


@case
def bag_without_manifest(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    (bag / "manifest-sha256.txt").unlink()
    return bag


@case
def bag_fetches(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "fetch.txt").write_text("https://example.org/x.pdf 12 data/x.pdf\n")
    return bag


@case
def bag_of_version_2(folder: Path) -> Path:
    return write_bag(folder / "package", good(), version="2.0")


@case
def bag_declares_big5(folder: Path) -> Path:
    return write_bag(folder / "package", good(), encoding="Big5")


@case
def bag_declaration_malformed(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    (bag / "bagit.txt").write_text("BagIt\n")
    return bag


@case
def bag_hashed_by_crc32(folder: Path) -> Path:
    bag = write_bag(folder / "package", good(), tag_manifest=False)
    (bag / "manifest-sha256.txt").rename(bag / "manifest-crc32.txt")
    return bag


@case
def bag_oxum_differs(folder: Path) -> Path:
    return write_bag(folder / "package", good(), oxum="1.1")


@case
def bag_info_changed(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "bag-info.txt").write_text("Source-Organization: 別的學校\n")
    return bag


@case
def bag_with_link(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "data" / "報導.pdf").unlink()
    (bag / "data" / "報導.pdf").symlink_to("/etc/passwd")
    return bag


@case
def bag_without_payload(folder: Path) -> Path:
    return write_bag(folder / "package", {})
