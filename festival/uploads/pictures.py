"""Draws an uploaded picture anew, so that nothing but its pixels is kept. Plain Python and Pillow.

A telephone writes the place and the owner into every photograph, further frames carry what the first does not show,
and a file may be a picture and a web page at once. What is stored is therefore never what came, but its first frame,
drawn anew: upright, in sRGB, with its transparency, without a word beside it.
"""

import struct
from dataclasses import dataclass
from functools import reduce
from io import BytesIO
from typing import Any

MOST_PIXELS = 20_000_000

# How a format is read -> how it is written, and under which ending. GIF has no colours to spare, so it becomes PNG.
_WRITTEN = {
    "JPEG": ("JPEG", "jpg"),
    "MPO": ("JPEG", "jpg"),
    "PNG": ("PNG", "png"),
    "GIF": ("PNG", "png"),
    "WEBP": ("WEBP", "webp"),
    "AVIF": ("AVIF", "avif"),
}
_ENDINGS = {"JPEG": {"jpg", "jpeg"}, "MPO": {"jpg", "jpeg"}} | {
    kind: {kind.lower()} for kind in ("PNG", "GIF", "WEBP", "AVIF")
}
_READ = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")  # the reader of JPEG knows MPO too
_DEEP = {"I", "I;16", "I;16B", "I;16L"}  # more than 8 bits a pixel, grey
# What Pillow unpacks without unpacking the colour that stands for "nothing here" (PNG, section 11.3.2.1) with it: how
# far apart its greys are then.
_SPREAD = {"L;2": 85, "L;4": 17}
_KEYED = {*_SPREAD, "I;16B", "RGB;16B"}
_OPTIONS: dict[str, dict[str, Any]] = {"PNG": {"optimize": True}}
_LOSSY: dict[str, Any] = {"quality": 92}


class UnreadablePicture(ValueError):
    """Not a picture, damaged, or of a kind that is not taken."""


class TooManyPixels(ValueError):
    """A picture that would need more memory than it is worth; attribute `pixels`."""

    def __init__(self, pixels: int) -> None:
        super().__init__(f"{pixels} pixels")
        self.pixels = pixels


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew: its bytes, and the ending of its name."""

    content: bytes
    ending: str

    @property
    def content_type(self) -> str:
        """The media type (RFC 9110)."""
        return "image/jpeg" if self.ending == "jpg" else f"image/{self.ending}"


def redraw(content: bytes, *, ending: str, most_pixels: int = MOST_PIXELS) -> Picture:
    """Return the first frame of the picture in `content`, drawn anew; its name ends in `ending`, such as `jpg`.

    Raises:
        UnreadablePicture: If it is no picture of that kind, or is cut off.
        TooManyPixels: If it has more than `most_pixels`; found out before it is decoded.
    """
    from PIL import Image, ImageFile  # noqa: PLC0415 -- slow import

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the whole process
    _refuse_large(_webp_size(content), most_pixels)  # Pillow draws a WebP while it opens it
    try:
        with Image.open(BytesIO(content), formats=_READ) as picture:
            _refuse_large(picture.size, most_pixels)
            kind, written_ending = _way_to_write(str(picture.format), ending)
            drawn = _drawn(picture, content)
            file = BytesIO()
            drawn.save(file, kind, **_OPTIONS.get(kind, _LOSSY))
    except (TooManyPixels, UnreadablePicture):
        raise
    except Image.DecompressionBombError as error:
        raise TooManyPixels(2 * (Image.MAX_IMAGE_PIXELS or most_pixels)) from error
    except Exception as error:  # a decoder may fail in any way at what strangers send
        raise UnreadablePicture from error
    return Picture(file.getvalue(), written_ending)


def _way_to_write(kind: str, ending: str) -> tuple[str, str]:
    if ending.lower() not in _ENDINGS[kind]:
        raise UnreadablePicture(kind)
    return _WRITTEN[kind]


def _refuse_large(size: tuple[int, int], most_pixels: int) -> None:
    if size[0] * size[1] > most_pixels:
        raise TooManyPixels(size[0] * size[1])


def _drawn(picture: Any, content: bytes) -> Any:
    """Return the frame in grey, RGB or RGBA, on a canvas that knows nothing of the file."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- slow import

    picture.seek(0)
    packing = next((tile.args for tile in picture.tile), None)  # a WebP has no tiles
    picture.load()
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    alpha = _alpha_of_key(upright, packing, content) if "transparency" in picture.info and packing in _KEYED else None
    if upright.mode in _DEEP:
        upright = _eight_bits(upright)
    if alpha is not None:
        del upright.info["transparency"]
        upright.putalpha(alpha)
    if upright.mode not in {"L", "RGB", "RGBA", "CMYK"} or upright.has_transparency_data:
        upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    upright = _in_srgb(upright, profile)
    canvas = Image.new(upright.mode, upright.size)
    canvas.paste(upright)
    return canvas


def _alpha_of_key(picture: Any, packing: str, content: bytes) -> Any:
    """Return where a PNG has another colour than the one that stands for "nothing here", compared with all its bits."""
    from PIL import Image, ImageChops, ImageOps  # noqa: PLC0415 -- slow import

    key = picture.info["transparency"]
    if packing in _SPREAD:
        planes = [picture]
        wanted = [key * _SPREAD[packing] % 256]
    elif packing == "I;16B":
        both = picture.tobytes()
        planes = [Image.frombytes("L", picture.size, both[place::2]) for place in (1, 0)]
        wanted = [key >> 8, key & 255]
    else:
        with Image.open(BytesIO(content), formats=["PNG"]) as low:  # read as if the other byte came first
            low.tile = [tile._replace(args="RGB;16L") for tile in low.tile]
            planes = [*picture.split(), *ImageOps.exif_transpose(low).split()]
        wanted = [*(part >> 8 for part in key), *(part & 255 for part in key)]
    differing = [
        plane.point([0 if value == byte else 255 for value in range(256)])
        for plane, byte in zip(planes, wanted, strict=True)
    ]
    return reduce(ImageChops.lighter, differing)


def _eight_bits(picture: Any) -> Any:
    """Return a grey picture of 8 bits; plain conversion would turn whatever is brighter than 255 white."""
    return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _in_srgb(picture: Any, profile: bytes | None) -> Any:
    """Return the picture in the colours that every screen means, which its profile says how to reach."""
    from PIL import ImageCms  # noqa: PLC0415 -- slow import

    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        try:
            return ImageCms.profileToProfile(
                picture, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode=mode
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a damaged profile, or one for other colours: the picture is read as if it had none
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _webp_size(content: bytes) -> tuple[int, int]:
    """Return width and height from the header of a WebP (RFC 9649, section 2.5 to 2.7), nought for anything else."""
    if len(content) < 30 or content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return 0, 0
    match content[12:16]:
        case b"VP8X":
            width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
        case b"VP8L":
            bits = int.from_bytes(content[21:25], "little")
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            width, height = (side & 0x3FFF for side in struct.unpack("<HH", content[26:30]))
    return width, height
