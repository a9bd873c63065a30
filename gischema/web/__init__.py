"""A page on this computer to drop reports on: `gischema serve`."""

from __future__ import annotations

from importlib.util import find_spec

from gischema.errors import MissingPackage


def require_packages() -> None:
    """Raise MissingPackage unless the packages of the extra `web` are installed."""
    for package in ("jinja2", "python_multipart", "starlette", "uvicorn"):
        if find_spec(package) is None:
            raise MissingPackage(
                f"本机网页需要安装：pip install 'gischema[web]'（缺 {package}）",
                f"this needs: pip install 'gischema[web]'; {package} is missing",
            )
