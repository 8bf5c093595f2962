# SPDX-License-Identifier: Apache-2.0
# The guest's half of the console: one line each, read by the loop that
# shell.ts starts there. Files of a job N: N.c the command, N.i its input, N.o
# and N.e what it prints, N.p its process group, N.x its exit code. They are on
# a file system of their own, so that a full /tmp is no matter.
d=/tmp/testbed; mkdir -p $d; mount -t tmpfs -o size=64m,mode=700 tmpfs $d; cd /
# every job in a process group of its own
set -m
# NUMBER: all lines before this one are done
a() { printf '\036A %s\n' $1; }
# JOB c|i TEXT: more of its command, or of its input
w() { printf %b "$3" >>$d/$1.$2; }
# JOB: start it
r() { : >>$d/$1.i; ( sh $d/$1.c <$d/$1.i >$d/$1.o 2>$d/$1.e; echo $? >$d/$1.x; x $1 ) & echo $! >$d/$1.p; }
# JOB: how it ended, if it has
x() { local c w=; [ -s $d/$1.x ] || return 0; read -r c <$d/$1.x; [ ! -s $d/$1.o ] || w=o; [ ! -s $d/$1.e ] || w=${w}e; printf '\036X %s %s %s\n' $1 $c ${w:--}; }
# JOB: end it, its time is over
k() { local p; read -r p <$d/$1.p; [ -s $d/$1.x ] || { kill -9 -$p; echo 124 >$d/$1.x; } 2>/dev/null; x $1; }
# JOB o|e: what it printed
t() { local s; s=$(md5sum <$d/$1.$2); printf '\036B\n'; hexdump -ve '64/1 "%02x" "\n"' $d/$1.$2; printf '\036E %s %s %s\n' $1 $2 ${s%% *}; }
# JOB...: forget them
f() { local n; for n; do rm -f $d/$n.?; done; jobs >/dev/null; }
