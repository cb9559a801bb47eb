"""Sound and film: copied bit for bit without the container's metadata."""

import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image, ImageStat

from reviewer.attachments import media
from reviewer.attachments.refusal import Refusal
from reviewer.model.attachment import MediaType


def film(
    path: Path,
    *,
    codec: str = "libx264",
    kind: str = "mp4",
    pixels: str = "yuv420p",
    sound: bool = True,
    dark: int = 0,
    frames: int = 50,
    title: str = "Secret title",
) -> Path:
    """A film of moving stripes at 25 frames a second, with a device's and a place's name in it; the first `dark` frames are black."""
    with av.open(str(path), "w", format=kind) as out:
        out.metadata.update({"title": title, "artist": title, "location": "+25.0330+121.5654/", "comment": "Secret"})
        track: Any = out.add_stream(codec, rate=25)
        track.width, track.height, track.pix_fmt = 320, 180, pixels
        track.metadata["handler_name"] = f"{title} phone"
        voice: Any = out.add_stream("aac", rate=44_100) if sound else None
        for number in range(frames):
            picture = Image.new("RGB", (320, 180), "black")
            if number >= dark:
                for left in range(0, 320, 40):
                    picture.paste((250, 200, 5 * (number % 50)), (left, 0, left + 20, 180))
            frame: Any = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
            for packet in track.encode(frame):
                out.mux(packet)
        for packet in track.encode():
            out.mux(packet)
        if voice is not None:
            for piece in tone(frames / 25):
                for packet in voice.encode(piece):
                    out.mux(packet)
            for packet in voice.encode():
                out.mux(packet)
    return path


def sound(path: Path, *, codec: str = "libmp3lame", kind: str = "mp3", seconds: float = 2.0, title: str = "Secret title") -> Path:
    with av.open(str(path), "w", format=kind) as out:
        out.metadata.update({"title": title, "artist": title})
        voice: Any = out.add_stream(codec, rate=44_100)
        for frame in tone(seconds):
            for packet in voice.encode(frame):
                out.mux(packet)
        for packet in voice.encode():
            out.mux(packet)
    return path


def tone(seconds: float) -> Iterator[av.AudioFrame]:
    samples = 1024
    for number in range(int(seconds * 44_100 / samples)):
        frame = av.AudioFrame(format="s16", layout="mono", samples=samples)
        loud = 20_000 if number % 20 < 10 else 2_000
        frame.planes[0].update(b"".join(int(loud * ((step % 100) / 50 - 1)).to_bytes(2, "little", signed=True) for step in range(samples)))
        frame.sample_rate, frame.pts, frame.time_base = 44_100, number * samples, Fraction(1, 44_100)
        yield frame


def packets(path: Path) -> list[list[bytes]]:
    """Each track's packets."""
    with av.open(str(path)) as source:
        found: list[list[bytes]] = [[] for _ in source.streams]
        for packet in source.demux():
            if packet.size:
                found[packet.stream.index].append(bytes(packet))
        return found


def made(path: Path, media_type: MediaType, folder: Path) -> media.MediaFiles:
    folder.mkdir(exist_ok=True)
    return media.save_media_files(path, media_type, folder)


def test_a_film_is_copied_bit_for_bit_and_says_nothing_of_its_maker(tmp_path: Path) -> None:
    path = film(tmp_path / "given.mp4")
    assert b"Secret" in path.read_bytes()
    files = made(path, MediaType.MP4, tmp_path / "out")
    assert (files.media, files.codec, files.seconds, files.playable, files.problems) == ("media.mp4", "H.264, AAC", 2.0, True, ())
    clean = (tmp_path / "out" / "media.mp4").read_bytes()
    assert b"Secret" not in clean
    assert b"+25.0330" not in clean
    assert clean.index(b"moov") < clean.index(b"mdat")
    assert packets(tmp_path / "out" / "media.mp4") == packets(path)


def test_equal_films_give_equal_bytes(tmp_path: Path) -> None:
    path = film(tmp_path / "given.mp4")
    for name in ("one", "two"):
        made(path, MediaType.MP4, tmp_path / name)
    assert {file.name: file.read_bytes() for file in (tmp_path / "one").iterdir()} == {
        file.name: file.read_bytes() for file in (tmp_path / "two").iterdir()
    }


def id3_with_cover() -> bytes:
    """An ID3v2.3 tag of one APIC frame, a JPEG with a comment in it, as players write it before the sound."""
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "jpeg", comment=b"Secret")
    body = b"\0image/jpeg\0\3Secret cover\0" + picture.getvalue()
    frame = b"APIC" + len(body).to_bytes(4, "big") + b"\0\0" + body
    synchsafe = bytes(len(frame) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\3\0\0" + synchsafe + frame


def test_a_sound_keeps_no_tags_and_no_cover(tmp_path: Path) -> None:
    plain, path = sound(tmp_path / "plain.mp3"), tmp_path / "given.mp3"
    path.write_bytes(id3_with_cover() + plain.read_bytes())
    files = made(path, MediaType.MP3, tmp_path / "out")
    assert (files.media, files.codec, files.playable, files.problems) == ("media.mp3", "MP3", True, ())
    assert files.seconds == pytest.approx(2.0, abs=0.1)
    clean = (tmp_path / "out" / "media.mp3").read_bytes()
    assert b"Secret" not in clean
    assert not clean.startswith(b"ID3")
    assert packets(tmp_path / "out" / "media.mp3") == packets(plain)


def test_a_sound_in_a_film_container_is_a_sound(tmp_path: Path) -> None:
    files = made(sound(tmp_path / "given.m4a", codec="aac", kind="ipod"), MediaType.MP4, tmp_path / "out")
    assert (files.media, files.codec, files.playable) == ("media.mp4", "AAC", True)
    assert files.poster is not None
    assert (files.poster.width_px, files.poster.height_px) == (960, 160)


def test_a_quicktime_film_moves_into_mp4(tmp_path: Path) -> None:
    path = film(tmp_path / "given.mov", kind="mov")
    files = made(path, MediaType.MP4, tmp_path / "out")
    assert (files.codec, files.playable) == ("H.264, AAC", True)
    assert (tmp_path / "out" / "media.mp4").read_bytes()[4:12] == b"ftypisom"


@pytest.mark.parametrize(
    ("codec", "pixels", "words"),
    [("libx265", "yuv420p", "HEVC (H.265)"), ("libx264", "yuv422p", "H.264"), ("mpeg4", "yuv420p", "MPEG-4 Part 2")],
)
def test_what_browsers_cannot_play_is_named(tmp_path: Path, codec: str, pixels: str, words: str) -> None:
    files = made(film(tmp_path / "given.mp4", codec=codec, pixels=pixels, sound=False), MediaType.MP4, tmp_path / "out")
    assert (files.playable, files.codec) == (False, words)
    assert [problem.what.zh for problem in files.problems] == [f"瀏覽器不能播放這個影音檔（{words}）；檔案仍附上，可用播放軟體開啟。"]
    assert files.poster is not None


def test_the_poster_is_not_the_black_beginning(tmp_path: Path) -> None:
    files = made(film(tmp_path / "given.mp4", dark=25, sound=False), MediaType.MP4, tmp_path / "out")
    assert files.poster is not None
    with Image.open(tmp_path / "out" / files.poster.name) as poster:
        assert ImageStat.Stat(poster.convert("L")).stddev[0] > 24


def test_a_film_held_sideways_stays_so_and_its_poster_is_upright(tmp_path: Path) -> None:
    path = film(tmp_path / "given.mp4", sound=False)
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 4 + 20 + 16  # the matrix stands behind version, times, ids, layer, group and volume
    quarter = [0, 0x10000, 0, -0x10000, 0, 0, 180 * 0x10000, 0, 0x40000000]
    data[at : at + 36] = b"".join(number.to_bytes(4, "big", signed=True) for number in quarter)
    path.write_bytes(data)
    files = made(path, MediaType.MP4, tmp_path / "out")
    assert files.poster is not None
    assert (files.poster.width_px, files.poster.height_px) == (180, 320)
    with av.open(str(tmp_path / "out" / files.media)) as clean:
        assert round(next(clean.decode(video=0)).rotation) % 360 in (90, 270)


def test_a_film_that_breaks_off_plays_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = film(tmp_path / "whole.mp4", sound=False, frames=250)
    first = made(whole, MediaType.MP4, tmp_path / "fast")
    data = (tmp_path / "fast" / first.media).read_bytes()
    path = tmp_path / "given.mp4"
    path.write_bytes(data[: len(data) * 6 // 10])
    files = made(path, MediaType.MP4, tmp_path / "out")
    assert 2.0 < files.seconds < 8.0
    assert [problem.what.zh for problem in files.problems] == [f"影音檔不完整，只能播放前 {round(files.seconds)} 秒。"]


@pytest.mark.parametrize(
    "data",
    [
        b"\0\0\0\x18ftypisom\0\0\2\0isomiso2",
        b"\0\0\0\x18ftypisom" + b"\xff" * 4000,
        b"ID3\x04\0\0\0\0\0\0",
        b"\xff\xfb\x90\x00" + b"\0" * 100,
    ],
)
def test_a_medium_without_content_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "given"
    path.write_bytes(data)
    with pytest.raises(Refusal) as caught:
        made(path, MediaType.MP3 if data[:4] != b"\0\0\0\x18" else MediaType.MP4, tmp_path / "out")
    assert str(caught.value) == "：影音檔已損壞或沒有可播放的內容。請重新匯出成 MP3 或 MP4（H.264 與 AAC）後上傳。"


def test_a_wave_form_shows_loud_and_quiet(tmp_path: Path) -> None:
    files = made(sound(tmp_path / "given.mp3"), MediaType.MP3, tmp_path / "out")
    assert files.poster is not None
    with Image.open(io.BytesIO((tmp_path / "out" / files.poster.name).read_bytes())) as wave:
        column = [sum(wave.convert("L").crop((left, 0, left + 6, 160)).histogram()[:200]) for left in range(0, 960, 6)]
    assert max(column) > 4 * min(column) > 0
