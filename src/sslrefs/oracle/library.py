"""Finding and loading a libssl, and calling it by function name.

Holds no state of a run. The matching libcrypto needs no search: a function is
looked up in libssl and in the libraries it was linked with.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sslrefs.oracle.functions import MACROS, SIGNATURES

__all__ = ["PATH_VARIABLE", "Libssl", "LibsslNotFoundError", "NotInThisLibraryError", "load"]

PATH_VARIABLE = "SSLREFS_LIBSSL"
_HOW_TO_GET = (
    "Debian/Ubuntu: apt install libssl3 · Fedora: dnf install openssl-libs · "
    "macOS: brew install openssl@3 · conda: conda install openssl. "
    f"A copy elsewhere can be named with --libssl PATH or {PATH_VARIABLE}."
)
_HOW_TO_NAME = (
    "Name the file itself, such as /usr/lib/x86_64-linux-gnu/libssl.so.3, with its libcrypto "
    "beside it or in the system's folders; with no name the machine's own libssl is taken."
)
_NEEDED = ("OPENSSL_LH_doall", "SSL_in_before", "SSL_SESSION_is_resumable")


class LibsslNotFoundError(OSError):
    """No usable libssl; `path` is the one that was named, if any."""

    def __init__(self, reason: str, *, path: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path

    def __str__(self) -> str:
        if sys.platform == "emscripten":
            return "not available here: a browser has no libssl to run"
        return f"{self.reason}. {_HOW_TO_GET if self.path is None else _HOW_TO_NAME}"


class NotInThisLibraryError(LookupError):
    """The library has no function of that name."""

    def __init__(self, name: str, version: str) -> None:
        super().__init__(f"{version} has no function {name}")
        self.name = name
        self.version = version


class Libssl:
    """One loaded libssl. `path` is the name it was loaded by."""

    def __init__(self, handle: ctypes.CDLL, path: str) -> None:
        self._handle = handle
        self._functions: dict[str, Callable[..., Any]] = {}
        self.path = path
        self.version = "unknown"
        self.version = self("OpenSSL_version", 0).decode()

    def __call__(self, name: str, *arguments: Any) -> Any:
        """Call a function or macro of the public headers."""
        function = self._functions.get(name)
        if function is None:
            function = self._functions[name] = self._bind(name)
        return function(*arguments)

    def has(self, name: str) -> bool:
        """Whether the library has a function or macro of that name."""
        return name in MACROS or hasattr(self._handle, name)

    def _bind(self, name: str) -> Callable[..., Any]:
        if not hasattr(self._handle, name) and name in MACROS:
            macro = MACROS[name]

            def by_control(which: int, value: int = 0, extra: Any = None) -> Any:
                return self(macro.control, which, macro.command, value, extra)

            return by_control
        if not hasattr(self._handle, name):
            raise NotInThisLibraryError(name, self.version)
        function = self._handle[name]  # an object of our own: no other user's types change
        signature = SIGNATURES[name]
        function.restype, function.argtypes = signature.restype, signature.argtypes
        return function


def load(path: str | None = None) -> Libssl:
    """The libssl at `path`, else the one SSLREFS_LIBSSL names, else the machine's.

    Raises:
        LibsslNotFoundError: there is none, or it is too old to be asked.
    """
    return _load(path or os.environ.get(PATH_VARIABLE) or None)


@cache
def _load(path: str | None) -> Libssl:
    if path is not None:
        return _open(path)
    for candidate in _candidates():
        try:
            return _open(candidate)
        except LibsslNotFoundError:
            continue
    raise LibsslNotFoundError("no libssl was found on this machine")


def _candidates() -> Iterator[str]:
    """Where a libssl may be, the interpreter's own environment first."""
    is_mac = sys.platform == "darwin"
    names = ["libssl.3.dylib", "libssl.1.1.dylib"] if is_mac else ["libssl.so.3", "libssl.so.1.1"]
    folders = [Path(sys.prefix, "lib")]
    if is_mac:
        for root in ("/opt/homebrew/opt", "/usr/local/opt"):
            folders += [Path(root, "openssl@3", "lib"), Path(root, "openssl@1.1", "lib")]
    for folder in folders:
        yield from (str(folder / name) for name in names if (folder / name).is_file())
    if is_mac:
        return  # macOS ends a process that opens its private /usr/lib/libssl.dylib
    yield from names
    found = ctypes.util.find_library("ssl")
    if found:
        yield found


def _open(path: str) -> Libssl:
    """Load one library, with the libraries that lie beside it in a wheel."""
    file = Path(path)
    if file.is_dir():
        raise LibsslNotFoundError(_about_folder(file), path=path)
    if file.is_file():
        path = str(file.absolute())  # a bare name would be looked for in the system's folders
        for name in ("libz*", "libcrypto*"):
            for beside in sorted(Path(path).parent.glob(name)):
                if ".so" in beside.name or beside.suffix == ".dylib":
                    _try_open(str(beside))
    elif file.parent != Path():
        raise LibsslNotFoundError(f"there is no file {path}", path=path)
    try:
        handle = ctypes.CDLL(path)
    except OSError as error:
        reason = f"{path} cannot be loaded: {str(error).removeprefix(f'{path}: ')}"
        raise LibsslNotFoundError(reason, path=path) from error
    if not hasattr(handle, "SSL_CTX_new"):
        raise LibsslNotFoundError(f"{path} is a library, but not a libssl", path=path)
    if not hasattr(handle, "OpenSSL_version"):
        raise LibsslNotFoundError(f"{path} is a libssl older than OpenSSL 1.1", path=path)
    library = Libssl(handle, path)
    lacking = [name for name in _NEEDED if not library.has(name)]
    if lacking:
        reason = f"{library.version} at {path} cannot be measured: it has no {lacking[0]}"
        raise LibsslNotFoundError(reason, path=path)
    return library


def _about_folder(folder: Path) -> str:
    """What to say when a folder was named: the libssl in it, if there is one."""
    inside = sorted(folder.glob("libssl*.so*")) or sorted(folder.glob("libssl*.dylib"))
    found = f"; the libssl in it is {inside[0]}" if inside else ", and no libssl is in it"
    return f"{folder} is a folder{found}"


def _try_open(path: str) -> None:
    try:
        ctypes.CDLL(path)
    except OSError:  # libssl itself will say what it misses
        return
