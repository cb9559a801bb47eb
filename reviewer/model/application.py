"""Who applies where with what."""

import functools
import re
from dataclasses import dataclass

from reviewer.model.parts import OUTCOMES, performance_kinds


@dataclass(frozen=True, slots=True, order=True)
class Tick:
    """One ticked item: `課程學習成果[0]`, `競賽參與紀錄[2]`."""

    kind: str
    """課程學習成果, or a kind of performance."""
    index: int
    """Place in the student's own list, from 0."""

    def __str__(self) -> str:
        return f"{self.kind}[{self.index}]"


_TICK = re.compile(r"(.+?)\[(\d{1,4})\]")


@functools.lru_cache(maxsize=1024)
def parse_tick(words: str) -> Tick | None:
    """Read `kind[n]`; None when it is not of that form or the kind is unknown. Thousands of applicants share the same few hundred."""
    match = _TICK.fullmatch(words.strip())
    if match is None:
        return None
    for part in performance_kinds():
        if match[1] in (part.key, *part.aliases):
            return Tick(part.key, int(match[2]))
    return Tick(OUTCOMES, int(match[2])) if match[1] == OUTCOMES else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One application: 應試號碼 x 校系代碼, with what was ticked for that department."""

    applicant_number: str
    """應試號碼, 8 digits as a rule; names the dossier in the output once it is checked to be short ASCII."""
    department_code: str
    """校系代碼, 6 characters."""
    package_id: str
    """學生: the package's id."""
    ticks: tuple[Tick, ...] | None
    """What was ticked; None means everything in the package (committee's tree, preview); an empty tuple means that nothing was."""
