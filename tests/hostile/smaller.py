"""Makes a failing text small: the pieces without which it still fails in the
same way are taken out (delta debugging), many tries in one book."""

import re
import tempfile

import proof

TRIES = 30


def failing(texts, kind):
    """Of the texts, the first that fails like that."""
    with tempfile.TemporaryDirectory() as folder:
        faults = proof.Proof(folder, "small").run(texts)
        if kind == "epub":
            faults = proof.epubcheck(folder)
        cases = [case for case, k, _ in faults if k == kind
                 and case is not None]
        if kind == "bind" and faults:  # which of them?
            for i, text in enumerate(texts):
                if len(texts) == 1 or failing([text], kind) is not None:
                    return i
        return min(cases) if cases else None


def reduce(pieces, kind):
    size = max(1, len(pieces) // 2)
    for _ in range(TRIES):
        tries = [pieces[:at] + pieces[at + size:]
                 for at in range(0, len(pieces), size)]
        tries = [t for t in tries if len(t) < len(pieces)][:100]
        hit = failing(["".join(t) for t in tries], kind) if tries else None
        if hit is not None:
            pieces = tries[hit]
            size = min(size, max(1, len(pieces) // 2))
        elif size == 1:
            break
        else:
            size = max(1, size // 2)
    return pieces


def make(text, kind):
    """The smaller text."""
    pieces = reduce(re.findall(r"<[^<>]*>?|[^<]+", text), kind)
    text = "".join(pieces)
    words = reduce(re.findall(r"[<>]|\s+\S+?=(?:\"[^\"]*\"|'[^']*'|[^\s>]*)"
                              r"|[^\s<>]+|\s+", text), kind)
    return "".join(words)
