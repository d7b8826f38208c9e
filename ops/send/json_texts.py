"""How are JSON objects found one after the other in a stream, alone or in arrays?

The standard library reads an object from the beginning of a text and says where it ends; the text is read on until
there is a whole one. It holds one object and one chunk of the stream, never an array.
"""

import codecs
import json
from collections.abc import Iterable, Iterator

_DECODER = json.JSONDecoder()
_BLANK = " \t\r\n"


class Unreadable(Exception):
    """The rest of the file is no logs. One line: what is wrong, and where; never what is in it."""


class _Window:
    """The part of the stream that is in memory."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._decode = codecs.getincrementaldecoder("utf-8")()
        self.text = ""
        self.place = 0

    def read_on(self) -> bool:
        """False at the end of the stream. Raises Unreadable for what is no UTF-8."""
        chunk = next(self._chunks, b"")
        try:
            more = self._decode.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            raise Unreadable("it is no UTF-8 text: convert it (`iconv -t UTF-8`)") from None
        self.text = self.text[self.place :] + more
        self.place = 0
        return bool(chunk)

    def skip(self, characters: str) -> str:
        """The first character that is none of these; it stays. "" at the end of the stream."""
        while True:
            while self.place < len(self.text) and self.text[self.place] in characters:
                self.place += 1
            if self.place < len(self.text):
                return self.text[self.place]
            if not self.read_on():
                return ""


def texts(chunks: Iterable[bytes], *, most: int) -> Iterator[bytes]:
    """The JSON text of each object. Raises Unreadable where there is none, and for one of more than `most` characters.

    After such an error nobody can tell where the next object begins.
    """
    window = _Window(chunks)
    number, in_array = 0, False
    while (character := window.skip(_BLANK + "," if in_array else _BLANK)) or in_array:
        if character == "[" and not in_array:
            in_array, window.place = True, window.place + 1
        elif character == "]" and in_array:
            in_array, window.place = False, window.place + 1
        elif character == "{":
            number += 1
            yield _object(window, number, most)
        else:
            what = "something that is no object" if character else "the end of the file in the middle of an array"
            raise Unreadable(f"after log {number:,} comes {what}: is the file cut off?")


def _object(window: _Window, number: int, most: int) -> bytes:
    while True:
        try:
            _, end = _DECODER.raw_decode(window.text, window.place)
            break
        except json.JSONDecodeError as error:
            if len(window.text) - window.place > most or not window.read_on():
                raise Unreadable(f"log {number:,} is no JSON, or cut off: {error.msg}") from None
        except (ValueError, RecursionError):
            raise Unreadable(f"log {number:,} cannot be read: a number too long, or nested too deeply") from None
    text = window.text[window.place : end]
    window.place = end
    return text.encode()
