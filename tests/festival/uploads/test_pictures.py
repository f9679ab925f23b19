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


W = samples.words


@pytest.mark.parametrize(
    ("content", "pixels"),
    [
        (samples.packed_png(2, 1, 0, b"\x40", W(1)), [(0, 255), (255, 0)]),
        (samples.packed_png(4, 2, 0, b"\x1b", W(1)), [(0, 255), (85, 0), (170, 255), (255, 255)]),
        (samples.packed_png(2, 4, 0, b"\x5a", W(5)), [(85, 0), (170, 255)]),
        (samples.packed_png(2, 8, 0, b"\x05\xaa", W(5)), [(5, 0), (170, 255)]),
        (samples.packed_png(3, 16, 0, W(0x0A05, 0x0A06, 0xAA00), W(0x0A05)), [(10, 0), (10, 255), (170, 255)]),
        (samples.packed_png(2, 16, 0, W(0xFFFF, 0), W(0xFFFF)), [(255, 0), (0, 255)]),
        (samples.packed_png(2, 8, 4, b"\x05\x00\xaa\x80"), [(5, 0), (170, 128)]),
        (samples.packed_png(2, 16, 4, W(0x0505, 0, 0xAA00, 0x8000)), [(5, 0), (170, 128)]),
    ],
)
def test_greys_of_every_depth_keep_their_brightness_and_their_holes(content, pixels):
    drawn = opened(content, "png").convert("LA")

    assert [drawn.getpixel((x, 0)) for x in range(drawn.width)] == pixels


@pytest.mark.parametrize(
    ("content", "pixels"),
    [
        (samples.packed_png(2, 8, 2, bytes([1, 2, 3, 4, 5, 6]), W(1, 2, 3)), [(1, 2, 3, 0), (4, 5, 6, 255)]),
        (
            samples.packed_png(
                3, 16, 2, W(0x180, 0x280, 0x390, 0x180, 0x280, 0x391, 0x400, 0, 0), W(0x180, 0x280, 0x390)
            ),
            [(1, 2, 3, 0), (1, 2, 3, 255), (4, 0, 0, 255)],
        ),
        (samples.packed_png(1, 16, 6, W(0x101, 0x202, 0x303, 0x8080)), [(1, 2, 3, 128)]),
        (samples.packed_png(2, 1, 3, b"\x40", b"\xff\x00", bytes(range(6))), [(0, 1, 2, 255), (3, 4, 5, 0)]),
        (
            samples.packed_png(3, 8, 3, b"\0\1\2", b"\x00\x80", bytes(range(9))),
            [(0, 1, 2, 0), (3, 4, 5, 128), (6, 7, 8, 255)],
        ),
    ],
)
def test_colours_of_every_depth_keep_their_holes(content, pixels):
    drawn = opened(content, "png").convert("RGBA")

    assert [drawn.getpixel((x, 0)) for x in range(drawn.width)] == pixels


def test_a_hole_turns_with_the_picture():
    content = samples.packed_png(2, 16, 2, samples.words(1, 2, 3, 1, 2, 4), samples.words(1, 2, 3))
    turned = samples.exif(3).tobytes()[6:]
    end = content.index(b"IDAT") - 4

    drawn = opened(content[:end] + samples.chunk(b"eXIf", turned) + content[end:], "png")

    assert [drawn.getpixel((x, 0))[3] for x in range(2)] == [255, 0]


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (samples.animated_with_hole("GIF"), "gif"),
        (samples.animated_with_hole("PNG"), "png"),
        (samples.animated_with_hole("PNG", default_image=True), "png"),
        (samples.animated_with_hole("WEBP", lossless=True), "webp"),
        (samples.animated_with_hole("AVIF", quality=100), "avif"),
    ],
)
def test_the_first_frame_of_a_moving_picture_keeps_its_hole(content, ending):
    drawn = opened(content, ending).convert("RGBA")

    assert drawn.getpixel((1, 0))[3] == 0
    red, green, blue, alpha = drawn.getpixel((20, 10))
    assert (red > 230, green < 30, blue < 30, alpha) == (True, True, True, 255)


@pytest.mark.parametrize(
    ("content", "colour"),
    [
        (samples.inks((0, 255, 255, 0)), (255, 0, 0)),
        (samples.inks((255, 0, 0, 0)), (0, 255, 255)),
        (samples.inks((0, 0, 0, 255)), (0, 0, 0)),
        (samples.inks_as_brightness((76, 84, 254, 0)), (255, 0, 0)),
        (samples.drawn("JPEG", "L", colour=90), (90, 90, 90)),
        (samples.drawn("JPEG", colour=(200, 100, 50), quality=100), (200, 100, 50)),
    ],
)
def test_a_jpeg_keeps_its_colours(content, colour):
    drawn = opened(content, "jpg").convert("RGB").getpixel((5, 5))

    assert all(abs(is_there - meant) <= 3 for is_there, meant in zip(drawn, colour, strict=True))


@pytest.mark.parametrize(
    ("mode", "colour", "pixel"),
    [("LA", (77, 128), (77, 77, 77, 128)), ("RGBA", (7, 77, 177, 128), (7, 77, 177, 128))],
)
def test_a_profile_leaves_the_transparency_alone(mode, colour, pixel):
    content = samples.drawn("PNG", mode, colour=colour, icc_profile=samples.srgb())

    assert opened(content, "png").getpixel((0, 0)) == pixel


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
