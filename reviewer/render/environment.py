"""The template environment: one per process and language, strict, escaping everything. Templates hold structure and words; views hold everything else."""

import base64
import functools
import hashlib

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reviewer import resources
from reviewer.model.language import Language
from reviewer.model.text import number_of, numbered, seen
from reviewer.render.language import translated
from reviewer.render.words import chinese

PAGE_CHECK = (
    'addEventListener("error",function(event){'
    'var file=event.target.src,name=file||event.filename||"";'
    "if(file?!event.target.defer:event.target!==window){return}"
    'var line=document.getElementById(/\\/script\\.js$/.test(file||"")?"unzip":"broken");'
    "if(!line||!line.hidden){return}"
    "line.hidden=false;"
    'if(line.id==="broken"){line.lastElementChild.textContent=name.replace(/^.*\\/(?=[^/]*\\/)/,"")}'
    "},true)"
)
"""The one inline script, which stands by itself so that nothing can fail before it. It says "please extract first" when the page was opened inside a
zip, so that nothing beside it could be loaded, and names a script that is not there, that failed (`render/theme.py` tells of it), or that threw."""


def environment(language: Language = Language.CHINESE) -> Environment:
    """The environment of this process for pages of a language."""
    return _environment(language)


@functools.cache
def _environment(language: Language) -> Environment:
    made = Environment(
        loader=FileSystemLoader(resources.data_folder("templates"), encoding="utf-8"),
        autoescape=True,
        finalize=_seen,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.newstyle_gettext = True  # type: ignore[attr-defined] # the extension's own switch: values by name, markup escaped

    def say(message: str, /, **values: object) -> Markup:
        """Say a sentence of the templates; it is markup (our own), the values are escaped."""
        words = Markup(numbered(translated(message, language), values))  # noqa: S704 - our own words
        return words % {name: _seen(value) for name, value in values.items()}

    made.globals.update(gettext=say, _=say, language=language, language_tag=language.tag)
    made.filters["chinese"] = functools.partial(chinese, language=language)
    made.filters["number_of"] = number_of
    made.globals["content_security_policy"] = content_security_policy()
    return made


def _seen(value: object) -> object:
    """Write out, in every bare string that a template prints, what would act on the words beside it; markup has been looked at where it was made."""
    return seen(value) if type(value) is str else value


def content_security_policy() -> str:
    """What a page opened from file:// may do: its own folder and the one inline script, nothing else (measured in both browsers)."""
    script = base64.b64encode(hashlib.sha256(PAGE_CHECK.encode()).digest()).decode()
    own = "'self' file:"
    return (
        f"default-src 'none'; img-src {own}; media-src {own}; font-src {own}; style-src {own}; script-src {own} 'sha256-{script}'; "
        f"frame-src {own}; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
