#!/bin/sh
# Install the system libraries that Qt still needs here, or print the one line that does.
# Usage: qt-libraries.sh offscreen|window      (offscreen: the tests; window: those and what a real window adds)
set -eu
PATH=$PATH:/sbin:/usr/sbin

# soname=Debian package. Looked up by soname: newer releases call libglib2.0-0 «libglib2.0-0t64» and answer to both.
offscreen="libglib-2.0.so.0=libglib2.0-0 libGL.so.1=libgl1 libEGL.so.1=libegl1 libxkbcommon.so.0=libxkbcommon0
    libfontconfig.so.1=libfontconfig1 libdbus-1.so.3=libdbus-1-3"
window="$offscreen libxcb-cursor.so.0=libxcb-cursor0 libxkbcommon-x11.so.0=libxkbcommon-x11-0
    libxcb-icccm.so.4=libxcb-icccm4 libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-shape.so.0=libxcb-shape0"

case ${1:-} in
    offscreen) wanted=$offscreen ;;
    window) wanted=$window ;;
    *) echo "usage: $0 offscreen|window" >&2; exit 2 ;;
esac
[ "$(uname -s)" = Linux ] || exit 0

known=$(ldconfig -p)
missing=
for pair in $wanted; do
    case $known in
        *"${pair%%=*} "*) ;;
        *) missing="$missing ${pair#*=}" ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    # shellcheck disable=SC2086  # one word per package
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
else
    echo "Mancano librerie di sistema per la finestra; installale così:" >&2
    echo "System libraries for the window are missing; install them with:" >&2
    echo "    sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
fi
