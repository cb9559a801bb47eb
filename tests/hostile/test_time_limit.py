"""No dossier holds a worker for ever."""

import multiprocessing
import signal
import time
from pathlib import Path

import pytest

from reviewer.site import time_limit
from reviewer.site.time_limit import TookTooLong, laying_out, worker_ends


def test_what_takes_too_long_is_interrupted_with_a_sentence() -> None:
    began = time.monotonic()
    with pytest.raises(TookTooLong) as reason, laying_out("10110042", 0.2):  # noqa: PT012 - what hangs is the point
        while True:
            pass
    assert time.monotonic() - began < 5
    assert str(reason.value) == (
        "10110042：排版超過 0 分鐘仍未完成，這份檔案不予製作。請檢查文字與附件是否異常龐大。已處理好的附件會保留，再執行一次會從那裡接續。"
    )


def test_a_library_that_swallows_the_interruption_is_interrupted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_limit, "_AGAIN_SECONDS", 0.2)
    swallowed = 0
    with pytest.raises(TookTooLong), laying_out("p", 0.1):  # noqa: PT012 - the same
        try:
            while True:
                pass
        except TookTooLong:
            swallowed += 1
        while True:
            pass
    assert swallowed == 1


def test_afterwards_nothing_is_interrupted() -> None:
    with laying_out("p", 0.1):
        pass
    began = time.monotonic()
    while time.monotonic() - began < 0.2:
        pass


def _hang(path: str) -> None:
    with worker_ends(1):
        while not Path(path).exists():
            pass
    Path(path).write_text("never")


def test_a_worker_that_hangs_is_ended(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_hang, args=(str(tmp_path / "x"),))
    process.start()
    process.join(20)
    assert process.exitcode in (1, -signal.SIGSEGV)  # `worker_ends` says why either
    assert not (tmp_path / "x").exists()
