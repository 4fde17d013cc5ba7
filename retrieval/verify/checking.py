"""A text held against the reports of a store: claim by claim, each with its verdict and the sentences it cites."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.answer.citing import Quotes
from retrieval.answer.library import Library
from retrieval.answer.matching import Match
from retrieval.errors import BadQuestion
from retrieval.model import AnswerFigure, Span, Status
from retrieval.query.normalise import simplified
from retrieval.verify.claims import Read, blanked, read
from retrieval.verify.equality import Likeness
from retrieval.verify.evidence import Evidence, Looking, key
from retrieval.verify.judging import Judgement, judge
from retrieval.verify.quoted import quoted, records
from retrieval.verify.reports import Scope, Shelf
from retrieval.verify.values import Check, Claim, Finding, Missing, Verdict

__all__ = ["LONGEST", "check"]

# Characters of a text that is checked at once: two long reports, some ten seconds.
LONGEST = 60_000


def check(
    text: str,
    library: Library,
    *,
    place: str = "",
    year: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Check:
    """The findings on a text. `place` and `year` (of the data) hold where the text names none; `progress` is told how
    many claims are done, and of how many.

    Raises BadQuestion for an empty text, for one longer than LONGEST characters, and for a place that there is not.
    """
    if not text.strip():
        raise BadQuestion("没有要核对的文字。")
    if len(text) > LONGEST:
        raise BadQuestion(f"文字太长（最多{LONGEST // 10_000}万字），请分几次核对。")
    shelf = Shelf(library)
    found = read(blanked(_plain(text)), shelf.held, place=place, year=year)
    return _Checking(library, shelf, found).checked(text, progress)


# A Simplified text has few characters that conversion takes for Traditional ones: 显著 would become 显着.
_TRADITIONAL = 0.1


def _plain(text: str) -> str:
    """A Traditional text in Simplified characters, where both writings are as long: what is found in the one then
    stands in the other."""
    plain = simplified(text)
    if len(plain) != len(text):
        return text
    changed = sum(one != other for one, other in zip(text, plain, strict=True))
    return plain if changed > _TRADITIONAL * len(text) else text


class _Checking:
    """Works a text off sentence by sentence, so that one figure of a report bears out one claim of each."""

    def __init__(self, library: Library, shelf: Shelf, found: Read) -> None:
        self._library, self._shelf, self._read = library, shelf, found
        self._looking = Looking(library)
        self._quotes = Quotes()

    def checked(self, text: str, progress: Callable[[int, int], None] | None) -> Check:
        claims = self._read.claims
        asks = self._asks(claims)
        findings: list[Finding] = []
        if asks is None:
            at = 0
            while at < len(claims):
                end = at + 1
                while end < len(claims) and claims[end].sentence == claims[at].sentence:
                    end += 1
                findings += self._sentence(claims[at:end])
                at = end
                if progress is not None:
                    progress(at, len(claims))
            # 四连冠 in quotation marks is a figure, and checked as one.
            figured = [finding.span for finding in findings]
            findings += records(text, findings, self._quotes.citations)
            phrases = quoted(text, self._read, self._shelf, self._library, self._quotes)
            findings += [one for one in phrases if not any(_within(span, one.span) for span in figured)]
        findings.sort(key=lambda finding: finding.span)
        return Check(text, tuple(findings), self._quotes.citations, self._read.place, self._read.year, asks)

    def _asks(self, claims: Sequence[Claim]) -> Missing | None:
        """What the user has to tell before anything can be said."""
        if claims and not any(claim.place for claim in claims):
            return Missing.UNPLACED
        if claims and not self._read.year:
            return Missing.UNDATED
        return None

    def _sentence(self, claims: Sequence[Claim]) -> list[Finding]:
        """The findings on the claims of one sentence."""
        scopes = [self._shelf.scope(claim) for claim in claims]
        found = self._looked_up(claims, scopes)
        owners = _owners(found)
        out: list[Finding] = []
        for number, (claim, scope, evidence) in enumerate(zip(claims, scopes, found, strict=True)):
            if not scope.held or not scope.main:
                missing = Missing.YEAR if scope.held else Missing.PLACE if claim.place else Missing.UNPLACED
                out.append(Finding(claim, Verdict.UNFOUND, missing=missing))
                continue
            judgement = judge(
                claim,
                evidence,
                lambda claim=claim: self._looking.elsewhere(claim, self._shelf.above(claim)),  # type: ignore[misc]
                lambda e, number=number: owners.get(key(e), (0.0, number))[1] != number,  # type: ignore[misc]
            )
            if judgement.verdict is Verdict.DIFFERENT and not claim.sure:
                judgement = Judgement(Verdict.UNFOUND, judgement.evidence, missing=Missing.UNSURE)
            if judgement.verdict is Verdict.UNFOUND and not scope.told:
                judgement = replace(judgement, missing=Missing.YEAR)
            looked = tuple(dict.fromkeys(row.place for row in scope.main))
            out.append(replace(self._finding(claim, judgement), looked=looked))
        return out

    def _looked_up(self, claims: Sequence[Claim], scopes: Sequence[Scope]) -> list[list[Evidence]]:
        """The evidence for each claim of a sentence. Most claims of a true text are told in the very words: where a
        figure with the claim's number leaves no doubt, and bears out no other claim better, no others are ranked."""
        quick = [
            [e for e in self._looking.elsewhere(claim, scope.main) if e.framed and e.likeness is Likeness.SAME]
            for claim, scope in zip(claims, scopes, strict=True)
        ]
        owners = _owners(quick)
        return [
            own if own and _settled(own[0]) and owners[key(own[0])][1] == number else self._ranked(claim, scope)
            for number, (claim, scope, own) in enumerate(zip(claims, scopes, quick, strict=True))
        ]

    def _ranked(self, claim: Claim, scope: Scope) -> list[Evidence]:
        return self._looking.likely(claim, scope.main, scope.beside)

    def _finding(self, claim: Claim, judgement: Judgement) -> Finding:
        evidence, source = judgement.evidence, judgement.source
        shown = self._shown(evidence) if evidence else None
        from_where = self._shown(source) if source and source is not evidence else None
        return Finding(
            claim,
            judgement.verdict,
            judgement.cause,
            judgement.missing,
            shown,
            from_where,
            tuple(dict.fromkeys(one.citation for one in (shown, from_where) if one is not None)),
            chance=judgement.chance,
        )

    def _shown(self, evidence: Evidence) -> AnswerFigure:
        return self._quotes.figure(Match(evidence.loaded, evidence.stated, evidence.chance, 1.0, 1.0, 1.0, 1.0))


def _within(one: Span, other: Span) -> bool:
    return other.start <= one.start and one.end <= other.end


def _owners(found: Sequence[Sequence[Evidence]]) -> dict[tuple[str, int, str], tuple[float, int]]:
    """For each report's figure that agrees with claims of a sentence the number of the claim it bears out best."""
    owners: dict[tuple[str, int, str], tuple[float, int]] = {}
    for number, evidence in enumerate(found):
        for one in evidence:
            if one.framed and one.agrees and one.chance > owners.get(key(one), (0.0, 0))[0]:
                owners[key(one)] = (one.chance, number)
    return owners


# A figure this likely to be of the claim's very thing leaves no doubt; an estimate may have been replaced.
_NO_DOUBT = 0.995


def _settled(evidence: Evidence) -> bool:
    return evidence.chance >= _NO_DOUBT and evidence.figure.status is not Status.ESTIMATED
