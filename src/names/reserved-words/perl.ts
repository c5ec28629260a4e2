import { type WordList, words } from './word-list.js';

/**
 * Perl: `regen/keywords.pl` of Perl/perl5 as of 2024-10-24. Read in the official source, which also lists
 * the built-in functions. All its words count as hard, whether or not it marks them as overridable. Soft:
 * words that need a feature, from a later version of that file (commit 05b5af8, whose date was not noted):
 * `any` and `all`, which 5.42 added, and those of `switch`, which it lacked in 2024.
 */
export default {
  collected: '2026-12-01',
  hard: words(`
    __FILE__ __LINE__ __PACKAGE__ __CLASS__ __DATA__ __END__ __SUB__ ADJUST AUTOLOAD BEGIN UNITCHECK
    DESTROY END INIT CHECK abs accept alarm and atan2 bind binmode bless caller catch chdir chmod chomp
    chop chown chr chroot class close closedir cmp connect continue cos crypt dbmclose dbmopen defer
    defined delete die do dump each else elsif endgrent endhostent endnetent endprotoent endpwent
    endservent eof eq eval evalbytes exec exists exit exp fc fcntl field fileno finally flock for foreach
    fork format formline ge getc getgrent getgrgid getgrnam gethostbyaddr gethostbyname gethostent
    getlogin getnetbyaddr getnetbyname getnetent getpeername getpgrp getppid getpriority getprotobyname
    getprotobynumber getprotoent getpwent getpwnam getpwuid getservbyname getservbyport getservent
    getsockname getsockopt glob gmtime goto grep gt hex if index int ioctl isa join keys kill last lc
    lcfirst le length link listen local localtime lock log lstat lt m map method mkdir msgctl msgget
    msgrcv msgsnd my ne next no not oct open opendir or ord our pack package pipe pop pos print printf
    prototype push q qq qr quotemeta qw qx rand read readdir readline readlink readpipe recv redo ref
    rename require reset return reverse rewinddir rindex rmdir s say scalar seek seekdir select semctl
    semget semop send setgrent sethostent setnetent setpgrp setpriority setprotoent setpwent setservent
    setsockopt shift shmctl shmget shmread shmwrite shutdown sin sleep socket socketpair sort splice split
    sprintf sqrt srand stat state study sub substr symlink syscall sysopen sysread sysseek system syswrite
    tell telldir tie tied time times tr try truncate uc ucfirst umask undef unless unlink unpack unshift
    untie until use utime values vec wait waitpid wantarray warn while write x xor y
  `),
  soft: words('any all break default given when'),
} satisfies WordList;
