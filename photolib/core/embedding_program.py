"""The program behind core.embedding: PATH SECONDS, a packet on standard input, the copy on standard
output; or a sentence on standard error and status 1."""

import resource
import sys
from pathlib import Path

import pyexiv2

from photolib.core.picture_words import OURS
from photolib.core.xmp_writing import packet_over

# What other programs wrote about who is where: a copy says of that only what this house has leave to say.
NAMES_AND_BOXES = frozenset({"mwg-rs:Regions", "MP:RegionInfo", "Iptc4xmpExt:PersonInImage"})
LEFT_OUT = NAMES_AND_BOXES | OURS
# The interpreter and its libraries, then the picture in several stages of its way.
_BASE_BYTES = 1 << 30
_COPIES = 6


def main(path: Path, seconds: int, packet: bytes) -> int:
    """Write the copy; the limits hold for this process from here on."""
    memory = _BASE_BYTES + _COPIES * path.stat().st_size
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    try:
        with pyexiv2.ImageData(path.read_bytes()) as picture:
            existing = picture.read_raw_xmp().encode()
            picture.modify_raw_xmp(packet_over(existing, packet, without=LEFT_OUT).decode())
            sys.stdout.buffer.write(picture.get_bytes())
    except (RuntimeError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.stdin.buffer.read()))
