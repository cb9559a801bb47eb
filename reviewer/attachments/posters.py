"""The still that stands for a film before it plays, and the wave form that stands for a sound."""

import array
import contextlib
from pathlib import Path

import av
import av.error
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from PIL import Image as Pillow
from PIL import ImageDraw, ImageStat

from reviewer.attachments import webp
from reviewer.model.processed import Image

MOMENTS = (0.1, 0.3, 0.5, 0.02, 0.7)
"""Shares of a film's length at which a still is looked for: past the title's fade-in, before the end."""

STILL_WIDTH_PX = 960
"""A film in the dossier is at most this wide."""

FRAMES_MOST = 60
"""Frames decoded after a jump, which lands on a key frame up to some seconds before the moment."""

FRAME_PIXELS_MOST = 40_000_000
"""8K has 33 million; beyond that no picture is decoded."""

WAVE_SIZE_PX = (960, 160)
WAVE_BARS = 160
_RATE = 8000
_LOUD_ENOUGH = 600
"""Of 32,768: below this a recording is taken to be silence and is not blown up to look loud."""
_BAR, _GROUND = (84, 104, 128), (246, 247, 249)


def save_poster(path: Path, folder: Path, seconds: float) -> Image | None:
    """Write `poster.webp` for a clean medium; None when nothing of it can be decoded."""
    try:
        with av.open(str(path)) as source:
            if source.streams.video:
                still = _still(source, seconds)
                return webp.save_picture(webp.fit(still, STILL_WIDTH_PX), folder, "poster.webp") if still is not None else None
            if source.streams.audio:
                return webp.save_drawing(_wave(_peaks(source, seconds)), folder, "poster.webp")
    except (av.error.FFmpegError, ValueError, OSError):
        # A poster is a courtesy: a medium that cannot be decoded here may still play elsewhere.
        return None
    return None


def _still(source: InputContainer, seconds: float) -> Pillow.Image | None:
    """The first moment that shows something; else the one with most to see."""
    track = source.streams.video[0]
    context = track.codec_context
    if context.width * context.height > FRAME_PIXELS_MOST:
        return None
    track.thread_type = "NONE"
    best: tuple[float, Pillow.Image] | None = None
    for share in MOMENTS:
        picture = _frame_at(source, seconds * share)
        if picture is None:
            continue
        sight = _sight(picture)
        if sight > 24.0:
            return picture
        if best is None or sight > best[0]:
            best = (sight, picture)
    return best[1] if best is not None else None


def _frame_at(source: InputContainer, second: float) -> Pillow.Image | None:
    with contextlib.suppress(av.error.FFmpegError):
        source.seek(int(second * av.time_base))
    picture: av.VideoFrame | None = None
    for count, frame in enumerate(source.decode(video=0)):
        if count >= FRAMES_MOST or frame.time >= second:
            picture = frame
            break
        picture = frame
    if picture is None:
        return None
    still: Pillow.Image = picture.to_image().convert("RGB")  # type: ignore[no-untyped-call]
    turn = round(picture.rotation) % 360
    return still.rotate(turn, expand=True) if turn else still


def _sight(picture: Pillow.Image) -> float:
    """How much there is to see: the spread of brightness; next to nothing in black, white or faded frames."""
    return float(ImageStat.Stat(picture.convert("L").resize((64, 64))).stddev[0])


def _peaks(source: InputContainer, seconds: float) -> list[int]:
    """The loudest sample in each of WAVE_BARS stretches."""
    peaks = [0] * WAVE_BARS
    total = max(int(seconds * _RATE), 1)
    resampler = AudioResampler(format="s16", layout="mono", rate=_RATE)
    at = 0
    with contextlib.suppress(av.error.FFmpegError):
        for frame in source.decode(audio=0):
            frame.pts = None
            for piece in resampler.resample(frame):
                samples = array.array("h", bytes(piece.planes[0])[: piece.samples * 2])
                if samples:
                    bar = min(at * WAVE_BARS // total, WAVE_BARS - 1)
                    high, low = max(samples), min(samples)
                    peaks[bar] = max(peaks[bar], high, -low)
                    at += len(samples)
    return peaks


def _wave(peaks: list[int]) -> Pillow.Image:
    width, height = WAVE_SIZE_PX
    picture = Pillow.new("RGB", WAVE_SIZE_PX, _GROUND)
    drawing = ImageDraw.Draw(picture)
    step = width / len(peaks)
    loudest = max(_LOUD_ENOUGH, *peaks)
    for place, peak in enumerate(peaks):
        half = max(1, round(peak / loudest * (height / 2 - 12)))
        left = round(place * step + step * 0.2)
        drawing.rounded_rectangle((left, height // 2 - half, left + round(step * 0.6), height // 2 + half), radius=1, fill=_BAR)
    return picture
