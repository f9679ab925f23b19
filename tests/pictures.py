"""Pictures as telephones, scanners and attackers make them."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms, PngImagePlugin

MAKE, GPS, ORIENTATION = 0x010F, 0x8825, 0x0112
SECRET = b"48.8566N-2.3522E"


def drawn(kind="PNG", mode="RGB", size=(40, 20), colour="red", **options):
    """Return the bytes of a plain picture."""
    written = BytesIO()
    Image.new(mode, size, colour).save(written, kind, **options)
    return written.getvalue()


def exif(orientation=6):
    """Return what a telephone writes: its maker, its place, lying on its side."""
    found = Image.Exif()
    found[MAKE] = "Téléphone"
    found[ORIENTATION] = orientation
    found[0x010E] = SECRET.decode()
    found.get_ifd(GPS)[1] = "N"
    return found


def mpo():
    """Return a JPEG with a second frame that knows the place."""
    written = BytesIO()
    Image.new("RGB", (40, 20), "red").save(
        written, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 20), "blue")], exif=exif()
    )
    return written.getvalue()


def animated(kind, **options):
    """Return a red picture that turns blue."""
    written = BytesIO()
    Image.new("RGB", (40, 20), "red").save(
        written, kind, save_all=True, append_images=[Image.new("RGB", (40, 20), "blue")], duration=100, **options
    )
    return written.getvalue()


def with_words():
    """Return a PNG with comments in all the places that it has for them."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET.decode())
    words.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET.decode()}</x>")
    return drawn(pnginfo=words, exif=exif()) + SECRET


def palette_with_hole():
    """Return a palette PNG whose first colour is not there."""
    image = Image.new("P", (4, 4), 1)
    image.putpalette([255, 255, 255, 0, 128, 0])
    image.putpixel((0, 0), 0)
    written = BytesIO()
    image.save(written, "PNG", transparency=0)
    return written.getvalue()


def gif_with_hole():
    """Return a GIF whose first colour is not there."""
    image = Image.new("P", (4, 4), 1)
    image.putpalette([255, 255, 255, 0, 128, 0])
    image.putpixel((0, 0), 0)
    written = BytesIO()
    image.save(written, "GIF", transparency=0)
    return written.getvalue()


def rgb_with_hole():
    """Return an RGB PNG in which white is not there (tRNS)."""
    image = Image.new("RGB", (4, 4), (0, 128, 0))
    image.putpixel((0, 0), (255, 255, 255))
    written = BytesIO()
    image.save(written, "PNG", transparency=(255, 255, 255))
    return written.getvalue()


def grey_with_hole():
    """Return a grey PNG with an alpha channel."""
    image = Image.new("LA", (4, 4), (60, 255))
    image.putpixel((0, 0), (0, 0))
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def chunk(name, data):
    """Return a chunk of a PNG: its length, name, data and sum (PNG, section 5.3)."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_header(width, height):
    """Return a PNG that says that it is large, and is a few bytes."""
    return _png(width, height, 8, 2, chunk(b"IDAT", zlib.compress(b"\0" * 100)))


def _png(width, height, bits, kind, chunks):
    head = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunks + chunk(b"IEND", b"")


def packed_png(width, bits, kind, row, hole=None, palette=None):
    """Return a PNG one pixel high: bits a sample, kind of colours, packed samples, tRNS and PLTE (PNG, section 11)."""
    chunks = chunk(b"PLTE", palette) if palette else b""
    chunks += chunk(b"tRNS", hole) if hole else b""
    return _png(width, 1, bits, kind, chunks + chunk(b"IDAT", zlib.compress(b"\0" + row)))


def words(*numbers):
    """Return numbers of 16 bits as a PNG writes them."""
    return struct.pack(f">{len(numbers)}H", *numbers)


def inks(colour, **options):
    """Return a JPEG of four inks (cyan, magenta, yellow, black)."""
    return drawn("JPEG", "CMYK", colour=colour, quality=100, **options)


def inks_as_brightness(colour):
    """Return a JPEG of four inks that are written as brightness and two colour differences (YCCK)."""
    content = inks(colour)
    at = content.index(b"Adobe") + 11
    return content[:at] + b"\2" + content[at + 1 :]


def animated_with_hole(kind, **options):
    """Return a red picture with a hole at (1, 0) that turns blue."""
    first = Image.new("RGBA", (40, 20), "red")
    first.paste((0, 0, 0, 0), (1, 0, 2, 1))
    written = BytesIO()
    first.save(written, kind, save_all=True, append_images=[Image.new("RGBA", (40, 20), "blue")], **options)
    return written.getvalue()


def webp_header(kind, width, height):
    """Return the beginning of a WebP of one of its three kinds that says that it is large."""
    if kind == b"VP8X":
        body = b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    elif kind == b"VP8L":
        body = b"\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little") + b"\0" * 5
    else:
        body = b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height)
    chunk = kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk + b"\0" * 20


def srgb():
    """Return the profile that every screen means."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
