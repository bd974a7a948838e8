"""Names of networks on lines of their own, as the buttons of a page leave them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_NETWORKS = frozenset(
    "facebook twitter tumblr pinterest whatsapp reddit linkedin telegram instagram stumbleupon flipboard pocket skype "
    "messenger viber digg mastodon bluesky threads youtube tiktok weibo vkontakte snapchat".split()
)
_BUTTONS = _NETWORKS | frozenset(
    ["email", "e-mail", "print", "more", "google", "google+", "share", "tweet", "pin it", "copy link", "sms", "save"]
)


def literals() -> list[str]:
    """The names of the networks; a page with buttons has one of them at least."""
    return sorted(_NETWORKS)


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Paragraphs that are the name of a network or of a like button, where two stand next to each other."""
    text = document.text
    names = [text[paragraph.start : paragraph.end].lower() for paragraph in document.paragraphs]
    is_button = [name in _BUTTONS for name in names]
    for index, paragraph in enumerate(document.paragraphs):
        if is_button[index] and (is_button[index - 1 : index] == [True] or is_button[index + 1 : index + 2] == [True]):
            yield Match(paragraph, ("",))
