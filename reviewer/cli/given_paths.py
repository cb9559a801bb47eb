"""Paths that a person gave: what is neither a file nor a folder is refused before it is opened, and what the system says of a path is a sentence.

A pipe nobody writes into would be waited for without end. What a shell hands over itself (`<(…)`, /dev/stdin) is open already and may be one.
"""

import errno
import os
import stat
from pathlib import Path
from typing import Any

import click

from reviewer.model.problem import ExitStatus, Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text

PATH_UNUSABLE = ProblemKind(
    "path-unusable",
    Severity.ERROR,
    Text("無法使用「{path}」（{reason}）。", "“{path}” cannot be used ({reason})."),
    Text("請確認路徑、權限與磁碟空間，再執行一次。", "Check the path, permissions and disk space, and run again."),
)

_REASONS = {
    errno.ENAMETOOLONG: Text("名稱太長", "the name is too long"),
    errno.ELOOP: Text("連結繞成一圈", "its links lead round in a circle"),
    errno.EACCES: Text("沒有權限", "no permission"),
    errno.EPERM: Text("沒有權限", "no permission"),
    errno.ENOENT: Text("找不到", "not found"),
    errno.ENOTDIR: Text("路徑中有一段不是資料夾", "a part of the path is no folder"),
    errno.EISDIR: Text("是資料夾", "it is a folder"),
    errno.EROFS: Text("儲存媒體是唯讀的", "the medium is read-only"),
    errno.ENOSPC: Text("磁碟已滿", "the disk is full"),
    errno.EDQUOT: Text("磁碟配額已滿", "the disk quota is used up"),
    errno.EIO: Text("儲存媒體讀寫錯誤", "the medium fails"),
}
_USAGE = (errno.ENAMETOOLONG, errno.ELOOP)
"""Nothing but another path helps."""
_OPEN_ALREADY = (Path("/dev/stdin"), Path("/dev/fd"), Path("/proc/self/fd"))
_PACKAGE = Path(__file__).parents[1]


class GivenPath(click.Path):
    """As click's, and a pipe, a device or a socket is neither file nor folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse as wrong usage what would hang, or fail with an error of the system."""
        path = super().convert(value, param, ctx)
        if self.allow_dash and os.fspath(path) in ("-", b"-"):
            return path
        try:
            mode = Path(os.fsdecode(path)).stat().st_mode
        except OSError:
            return path  # what is not there, or cannot be looked at, is told by whoever opens it
        if any(Path(os.fsdecode(path)) == one or one in Path(os.fsdecode(path)).parents for one in _OPEN_ALREADY):
            return path
        if not (self.file_okay and stat.S_ISREG(mode)) and not (self.dir_okay and stat.S_ISDIR(mode)):
            zh, en = ("資料夾", "folder") if not self.file_okay else ("一般檔案", "regular file")
            self.fail(f"「{os.fsdecode(path)}」不是{zh}。 / “{os.fsdecode(path)}” is no {en}.", param, ctx)
        return path


def stop_of(error: Exception) -> Stop | None:
    """What is said of an error of the system over a path; None where the program itself is at fault.

    `Path.resolve` raises a bare RuntimeError for links that lead round, from the OSError that says so.
    """
    cause = error if isinstance(error, OSError) else error.__context__
    if not isinstance(cause, OSError) or (not isinstance(error, OSError) and cause.errno != errno.ELOOP):
        return None
    path = cause.filename2 or cause.filename
    if cause.errno is None or (path is None and cause.errno not in _REASONS) or _is_ours(path):
        return None
    name = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else str(path or "…")
    reason = _REASONS.get(cause.errno, cause.strerror or type(cause).__name__)
    problem: Problem = PATH_UNUSABLE.at(Where(), path=name, reason=reason)
    return Stop(problem, status=ExitStatus.USAGE if cause.errno in _USAGE else ExitStatus.NOTHING)


def _is_ours(path: object) -> bool:
    """Whether a path lies within the program: that is no matter of the person's."""
    return isinstance(path, str | os.PathLike) and _PACKAGE in Path(path).parents
