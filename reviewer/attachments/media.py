"""Sound and film: moved into a clean container, bit for bit, with none of the container's metadata.

Places where a phone noted where it was, names of devices, cover pictures, chapters and data tracks stay behind; sound and picture are copied,
not encoded again, and the same input gives the same bytes. Whether browsers can play the result follows from its codecs.
"""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import av.error
from av.container import InputContainer, OutputContainer
from av.stream import Stream

from reviewer.attachments import posters
from reviewer.attachments.findings import MEDIUM_CUT, MEDIUM_UNPLAYABLE, MEDIUM_UNREADABLE
from reviewer.attachments.refusal import Refusal
from reviewer.model.attachment import MediaType
from reviewer.model.problem import Problem, Where
from reviewer.model.processed import Image

SECONDS_MOST = 6 * 3600
"""A 10 MB file at the 8 kbit/s of the poorest speech codec lasts under three hours."""

STREAMS_MOST = 16
"""Tracks that are looked at. Phones write up to six (depth, metadata); the limit is for what was made to hurt."""

PLAYABLE_SOUND = {"aac", "mp3", "opus", "flac", "mp3float", "vorbis"}
"""Sound codecs that Chromium, Firefox and Safari decode in MP4 or as MP3."""

PLAYABLE_PICTURE = {"h264", "av1", "vp9"}
"""Picture codecs likewise; H.264 only in 8 bit 4:2:0."""

_EIGHT_BIT = {"yuv420p", "yuvj420p"}
_WORDS = {
    "h264": "H.264",
    "hevc": "HEVC (H.265)",
    "av1": "AV1",
    "vp9": "VP9",
    "mpeg4": "MPEG-4 Part 2",
    "h263": "H.263",
    "mjpeg": "Motion JPEG",
    "prores": "ProRes",
    "aac": "AAC",
    "mp3": "MP3",
    "mp3float": "MP3",
    "mp2": "MP2",
    "mp1": "MP1",
    "opus": "Opus",
    "flac": "FLAC",
    "alac": "ALAC",
    "ac3": "AC-3",
    "eac3": "E-AC-3",
    "amr_nb": "AMR",
    "amrnb": "AMR",
    "amr_wb": "AMR-WB",
    "amrwb": "AMR-WB",
}
_DEMUXERS = {MediaType.MP3: "mp3", MediaType.MP4: "mov,mp4,m4a,3gp,3g2,mj2"}
_OPEN_OPTIONS = {
    # Other files must not be opened from within a file: `enable_drefs` is off by default and stays so, and only plain files are read.
    "protocol_whitelist": "file",
    "enable_drefs": "0",
    "use_absolute_path": "0",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFiles:
    """What was made of a medium."""

    media: str
    """File name of the clean medium."""
    codec: str
    """Codecs in words: `H.264, AAC`."""
    seconds: float
    """Length, to the tenth."""
    playable: bool
    """Whether browsers can play it."""
    poster: Image | None
    """Still or wave form; None when nothing could be decoded."""
    problems: tuple[Problem, ...]
    """Unplayable, incomplete."""


def save_media_files(path: Path, media_type: MediaType, folder: Path) -> MediaFiles:
    """Write `media.mp3` or `media.mp4` and `poster.webp`. Raises `Refusal` for a medium without sound and picture."""
    try:
        with _open(path, media_type) as source:
            tracks = _tracks(source)
            if not tracks:
                raise Refusal(MEDIUM_UNREADABLE.at(Where()))
            playable, codec = all(_is_playable(track) for track in tracks), _in_words(tracks)
            stated = _stated_seconds(source)
            name, seconds, broken = _copy(source, tracks, media_type, folder)
    except (av.error.FFmpegError, ValueError, OverflowError, IndexError):
        # PyAV raises ValueError and its kin for values that a damaged header holds.
        raise Refusal(MEDIUM_UNREADABLE.at(Where())) from None
    if seconds <= 0.0:
        raise Refusal(MEDIUM_UNREADABLE.at(Where()))
    problems = []
    if not playable:
        problems.append(MEDIUM_UNPLAYABLE.at(Where(), codec=codec))
    if broken or (stated and seconds < stated - max(1.0, stated * 0.05)):
        problems.append(MEDIUM_CUT.at(Where(), seconds=round(seconds)))
    poster = posters.save_poster(folder / name, folder, seconds)
    return MediaFiles(media=name, codec=codec, seconds=round(seconds, 1), playable=playable, poster=poster, problems=tuple(problems))


def _open(path: Path, media_type: MediaType) -> InputContainer:
    container = av.open(str(path), format=_DEMUXERS[media_type], options=dict(_OPEN_OPTIONS), metadata_errors="replace")
    if len(container.streams) > STREAMS_MOST:
        container.close()
        raise Refusal(MEDIUM_UNREADABLE.at(Where()))
    return container


def _tracks(source: InputContainer) -> list[Stream]:
    """The first picture track that is not a cover, and the first sound track."""
    pictures = [track for track in source.streams.video if not track.disposition & av.stream.Disposition.attached_pic]
    return [*pictures[:1], *source.streams.audio[:1]]


def _stated_seconds(source: InputContainer) -> float:
    seconds = float(source.duration or 0) / av.time_base
    return seconds if 0.0 < seconds <= SECONDS_MOST else 0.0


def _copy(source: InputContainer, tracks: list[Stream], media_type: MediaType, folder: Path) -> tuple[str, float, bool]:
    """Copy the packets of the tracks; return the file's name, the length that was copied, and whether the source broke off."""
    if media_type is MediaType.MP3 and tracks[-1].codec_context.name in ("mp3", "mp3float"):
        name, kind, options = "media.mp3", "mp3", {"id3v2_version": "0", "write_id3v1": "0", "write_xing": "1"}
        tracks = tracks[-1:]
    else:
        # The QuickTime muxer takes what MP4 does not (AMR, PCM); such a file is for a media player anyhow.
        fits = all(_fits_mp4(track) for track in tracks)
        name, kind, options = "media.mp4", "mp4" if fits else "mov", {"movflags": "+faststart"}
    with av.open(str(folder / name), "w", format=kind, options={**options, "fflags": "+bitexact"}) as target:
        ways = {track.index: _way(target, track) for track in tracks}
        end, broken = 0.0, False
        try:
            for packet in source.demux(*tracks):
                if packet.dts is None or packet.time_base is None:
                    continue
                end = max(end, _end(packet, packet.time_base))
                if end > SECONDS_MOST:
                    broken = True
                    break
                packet.stream = ways[packet.stream.index]
                target.mux(packet)
        except (av.error.FFmpegError, ValueError):
            # What was read until here plays; the rest is lost.
            broken = True
    return name, end, broken


def _way(target: OutputContainer, track: Stream) -> Stream:
    made = target.add_stream_from_template(track, opaque=True)
    made.metadata.clear()
    return made


def _end(packet: "av.Packet[Stream]", time_base: Fraction) -> float:
    begin = packet.pts if packet.pts is not None else packet.dts or 0
    return float((begin + (packet.duration or 0)) * time_base)


def _fits_mp4(track: Stream) -> bool:
    return track.codec_context.name not in {"amrnb", "amr_nb", "amrwb", "amr_wb"} and not track.codec_context.name.startswith("pcm_")


def _is_playable(track: Stream) -> bool:
    name = track.codec_context.name
    if track.type == "audio":
        return name in PLAYABLE_SOUND
    if name == "libdav1d":
        return True
    return name in PLAYABLE_PICTURE and (name != "h264" or getattr(track.codec_context, "pix_fmt", None) in _EIGHT_BIT)


def _in_words(tracks: list[Stream]) -> str:
    names = [track.codec_context.name.replace("libdav1d", "av1") for track in tracks]
    return ", ".join(_WORDS.get(name, name.upper() if name.isascii() else "?") for name in names)
