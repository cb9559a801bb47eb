"""Who the applicant is, as the department may know it: a masked fact by its mask, whether it was sent or not, so that nothing can be inferred."""

from collections.abc import Mapping

from reviewer.model.dossier import IdentityFact
from reviewer.model.parts import IDENTITY, parts
from reviewer.model.portfolio import FieldValue, Identity
from reviewer.model.selection import Mask
from reviewer.selection.masks import KEYS, SCHOOL_CODE_MASK, SCHOOL_MASK, STATUS_MASK, mask_name

APPLICANT_NUMBER = "應試號碼"
NAME_UNKNOWN = "（資料包沒有姓名）"


def identity_facts(identity: Identity, applicant_number: str, masks: frozenset[Mask]) -> tuple[IdentityFact, ...]:
    """All facts in the export's order, the applicant number from the application; unknown keys last, and none of them where anything is masked."""
    sent = {field.key: field for field in identity.fields}
    stand_ins = mask_values(identity, masks)
    facts = []
    for field in parts()[IDENTITY].fields:
        if field.key == APPLICANT_NUMBER:
            facts.append(IdentityFact(key=field.key, label=field.label, value=applicant_number))
        elif field.key in stand_ins:
            facts.append(IdentityFact(key=field.key, label=field.label, value=stand_ins[field.key], masked=True))
        elif field.key in sent:
            facts.append(_fact(sent[field.key]))
    return (*facts, *(_fact(field) for field in identity.other_fields if not stand_ins))


def shown_name(identity: Identity, masks: frozenset[Mask]) -> str:
    """The name at the head of the dossier."""
    if Mask.NAME in masks:
        return mask_name(identity.name)
    return identity.name or NAME_UNKNOWN


def mask_values(identity: Identity, masks: frozenset[Mask]) -> Mapping[str, str]:
    """What stands in the place of each hidden key of 基本資料."""
    values = {"姓名": mask_name(identity.name), "學校代碼": SCHOOL_CODE_MASK, "學校名稱": SCHOOL_MASK, "縣市": SCHOOL_MASK}
    hidden = {key for mask in masks for key in KEYS.get(mask, ())}
    return {key: values.get(key, STATUS_MASK) for key in hidden}


def _fact(field: FieldValue) -> IdentityFact:
    return IdentityFact(key=field.key, label=field.label, value=field.shown.zh)
