"""A picture drawn anew: what is kept of it, and what is refused."""

from io import BytesIO

import pytest
from PIL import Image

from festival.uploads import pictures
from festival.uploads.pictures import TooManyPixels, UnreadablePicture
from tests import pictures as samples


def opened(content, ending):
    return Image.open(BytesIO(pictures.redraw(content, ending=ending).content))


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (samples.drawn("JPEG", exif=samples.exif(), comment=samples.SECRET), "jpg"),
        (samples.drawn("JPEG", exif=samples.exif()) + samples.SECRET, "jpeg"),
        (samples.mpo(), "jpg"),
        (samples.with_words(), "png"),
        (samples.animated("PNG", exif=samples.exif()), "png"),
        (samples.animated("GIF", comment=samples.SECRET), "gif"),
        (samples.animated("WEBP", exif=samples.exif(), xmp=samples.SECRET), "webp"),
        (samples.drawn("WEBP", exif=samples.exif(), xmp=samples.SECRET), "webp"),
        (samples.drawn("AVIF", exif=samples.exif(), xmp=samples.SECRET), "avif"),
    ],
)
def test_only_the_pixels_of_the_first_frame_are_kept(content, ending):
    picture = pictures.redraw(content, ending=ending)

    assert samples.SECRET not in picture.content
    assert b"http://ns.adobe.com/xap" not in picture.content
    with Image.open(BytesIO(picture.content)) as kept:
        assert getattr(kept, "n_frames", 1) == 1
        assert dict(kept.getexif()) == {}
        assert "icc_profile" not in kept.info
        red, green, blue = kept.convert("RGB").getpixel((5, 5))
        assert red > 200 > 60 > max(green, blue)


@pytest.mark.parametrize(("orientation", "size"), [(1, (40, 20)), (3, (40, 20)), (6, (20, 40)), (8, (20, 40))])
def test_a_picture_stands_upright(orientation, size):
    assert opened(samples.drawn("JPEG", exif=samples.exif(orientation)), "jpg").size == size


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (samples.palette_with_hole(), "png"),
        (samples.gif_with_hole(), "gif"),
        (samples.rgb_with_hole(), "png"),
        (samples.grey_with_hole(), "png"),
        (samples.drawn("WEBP", "RGBA", (4, 4), (0, 0, 0, 0)), "webp"),
    ],
)
def test_transparency_is_kept(content, ending):
    assert opened(content, ending).convert("RGBA").getpixel((0, 0))[3] == 0


@pytest.mark.parametrize(
    ("mode", "colour", "options"),
    [("1", 1, {}), ("L", 128, {}), ("I;16", 40_000, {}), ("P", 3, {}), ("RGBA", (1, 2, 3, 255), {})],
)
def test_every_kind_of_pixel_is_taken(mode, colour, options):
    assert opened(samples.drawn("PNG", mode, colour=colour, **options), "png").mode in {"L", "RGB", "RGBA"}


def test_sixteen_bits_keep_their_brightness():
    assert opened(samples.drawn("PNG", "I;16", colour=0x8000), "png").getpixel((0, 0)) == 0x80


def test_inks_become_the_colours_of_a_screen():
    picture = opened(samples.drawn("JPEG", "CMYK", colour=(0, 255, 255, 0)), "jpg")

    assert picture.mode == "RGB"
    red, green, blue = picture.getpixel((5, 5))
    assert red > 200 > 60 > max(green, blue)


@pytest.mark.parametrize("profile", [samples.srgb(), b"no profile"])
@pytest.mark.parametrize(("mode", "colour"), [("RGB", "red"), ("RGBA", "red"), ("L", 128), ("CMYK", (0, 255, 255, 0))])
def test_a_profile_is_used_and_dropped(mode, colour, profile):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    ending = "jpg" if mode == "CMYK" else "png"

    picture = opened(samples.drawn(kind, mode, colour=colour, icc_profile=profile), ending)

    assert "icc_profile" not in picture.info
    assert picture.mode in {"L", "RGB", "RGBA"}


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"", "png"),
        (b"GIF89a<html><script>alert(1)</script></html>", "gif"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "png"),
        (samples.drawn("JPEG", size=(400, 400))[:-200], "jpg"),
        (samples.drawn("PNG", size=(400, 400), colour="red")[:-60], "png"),
        (samples.drawn("PNG"), "jpg"),
        (samples.drawn("TIFF"), "png"),
        (samples.drawn("BMP"), "bmp"),
        (samples.webp_header(b"VP8 ", 40, 20), "webp"),
        (b"RIFF\0\0\0\0WEBP", "webp"),
        (b"\xff\xd8\xff" + b"\0" * 40, "jpg"),
    ],
)
def test_what_is_no_whole_picture_of_its_kind_is_refused(content, ending):
    with pytest.raises(UnreadablePicture):
        pictures.redraw(content, ending=ending)


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (samples.png_header(5000, 4001), "png"),
        (samples.png_header(60_000, 60_000), "png"),
        (samples.webp_header(b"VP8X", 8000, 5000), "webp"),
        (samples.webp_header(b"VP8L", 8000, 5000), "webp"),
        (samples.webp_header(b"VP8 ", 8000, 5000), "webp"),
    ],
)
def test_too_many_pixels_are_refused_before_they_are_decoded(content, ending):
    with pytest.raises(TooManyPixels):
        pictures.redraw(content, ending=ending)


def test_the_limit_is_twenty_million_pixels():
    content = samples.drawn("PNG", "1", (5, 5), 1)

    assert pictures.MOST_PIXELS == 20_000_000
    assert pictures.redraw(content, ending="png", most_pixels=25).content_type == "image/png"
    with pytest.raises(TooManyPixels) as refused:
        pictures.redraw(content, ending="png", most_pixels=24)
    assert refused.value.pixels == 25


def test_a_jpeg_is_called_one():
    assert pictures.redraw(samples.drawn("JPEG"), ending="jpeg").content_type == "image/jpeg"
