#!/bin/sh
# Refuse a Python this project is not built for, before anything is installed. Usage: check-python.sh [PYTHON]
set -eu
python=${1:-python3}

refuse() {
    printf '%s\n%s\n' "$1" "$2" >&2
    exit 1
}

command -v "$python" >/dev/null 2>&1 || refuse \
    "Non trovo «$python»: serve Python 3.11, 3.12 o 3.13, per esempio «sudo apt-get install python3 python3-venv»." \
    "Cannot find «$python»: Python 3.11, 3.12 or 3.13 is needed, e.g. «sudo apt-get install python3 python3-venv»."

version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
case $version in
    3.11 | 3.12 | 3.13) ;;
    *) refuse \
        "«$python» è Python $version: serve 3.11, 3.12 o 3.13. Se ne hai un altro: «make PYTHON=python3.12 …»." \
        "«$python» is Python $version: 3.11, 3.12 or 3.13 is needed. If you have another: «make PYTHON=python3.12 …»." ;;
esac

"$python" -c 'import ensurepip, venv' 2>/dev/null || refuse \
    "A Python $version manca il modulo venv: «sudo apt-get install python3-venv»." \
    "Python $version has no venv module: «sudo apt-get install python3-venv»."
