"""The installed command: the tool's command line, plus the window. Qt is imported only when a window is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from puc_tool.cli import COMMANDS
from puc_tool.cli import main as command_line
from ui.open_command import OPEN


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; without any word, open the window."""
    words = list(sys.argv[1:] if argv is None else argv)
    return command_line(words or [OPEN.verb], (OPEN, *COMMANDS))


if __name__ == "__main__":
    raise SystemExit(main())
