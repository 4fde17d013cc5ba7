"""Official addresses of reports, and downloading from them politely and safely: the only room that opens connections
of its own making."""

from bot.sources.catalogue import Entry, catalogue, choose
from bot.sources.download import Downloader, Page
from bot.sources.errors import NotFetched
from bot.sources.shelf import Shelf

__all__ = ["Downloader", "Entry", "NotFetched", "Page", "Shelf", "catalogue", "choose"]
