"""Bytes to a Report: decoded, cleaned by masks over the text as read, with place, year and completeness."""

from retrieval.reports.manifest import NAME as MANIFEST
from retrieval.reports.manifest import manifest
from retrieval.reports.read import INVENTED, no_report, read, stated_place
from retrieval.reports.whereabouts import place_of_name

__all__ = ["INVENTED", "MANIFEST", "manifest", "no_report", "place_of_name", "read", "stated_place"]
