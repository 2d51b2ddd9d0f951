/* Two-phase commit, as in checker/examples/two_phase_commit.rs: a transaction manager and N resource managers.
   Gray and Lamport, Consensus on Transaction Commit, 2006. One process, one step per action, so that a state of
   SPIN is a state of the model. Build with -DN=7, for instance. */

#ifndef N
#define N 7
#endif

#define WORKING 0
#define PREPARED 1
#define COMMITTED 2
#define ABORTED 3

byte does[N];        /* what each manager does */
bool said[N];        /* "prepared", in the network */
bool heard[N];       /* by the transaction manager */
bool sent_commit;    /* also what it has decided */
bool sent_abort;

#define MANAGER(i) \
    :: atomic { !sent_commit && !sent_abort && said[i] -> heard[i] = true } \
    :: atomic { does[i] == WORKING -> does[i] = PREPARED; said[i] = true } \
    :: atomic { does[i] == WORKING -> does[i] = ABORTED } \
    :: atomic { sent_commit -> does[i] = COMMITTED } \
    :: atomic { sent_abort -> does[i] = ABORTED }

#if N > 0
#define HEARD_0 heard[0]
#else
#define HEARD_0 true
#endif
#if N > 1
#define HEARD_1 heard[1]
#else
#define HEARD_1 true
#endif
#if N > 2
#define HEARD_2 heard[2]
#else
#define HEARD_2 true
#endif
#if N > 3
#define HEARD_3 heard[3]
#else
#define HEARD_3 true
#endif
#if N > 4
#define HEARD_4 heard[4]
#else
#define HEARD_4 true
#endif
#if N > 5
#define HEARD_5 heard[5]
#else
#define HEARD_5 true
#endif
#if N > 6
#define HEARD_6 heard[6]
#else
#define HEARD_6 true
#endif
#if N > 7
#define HEARD_7 heard[7]
#else
#define HEARD_7 true
#endif
#if N > 8
#define HEARD_8 heard[8]
#else
#define HEARD_8 true
#endif
#if N > 9
#define HEARD_9 heard[9]
#else
#define HEARD_9 true
#endif
#if N > 10
#define HEARD_10 heard[10]
#else
#define HEARD_10 true
#endif
#if N > 11
#define HEARD_11 heard[11]
#else
#define HEARD_11 true
#endif

active proctype system() {
end:
    do
    :: atomic { !sent_commit && !sent_abort && HEARD_0 && HEARD_1 && HEARD_2 && HEARD_3 && HEARD_4 && HEARD_5 && HEARD_6 && HEARD_7 && HEARD_8 && HEARD_9 && HEARD_10 && HEARD_11 -> sent_commit = true }
    :: atomic { !sent_commit && !sent_abort -> sent_abort = true }
#if N > 0
    MANAGER(0)
#endif
#if N > 1
    MANAGER(1)
#endif
#if N > 2
    MANAGER(2)
#endif
#if N > 3
    MANAGER(3)
#endif
#if N > 4
    MANAGER(4)
#endif
#if N > 5
    MANAGER(5)
#endif
#if N > 6
    MANAGER(6)
#endif
#if N > 7
    MANAGER(7)
#endif
#if N > 8
    MANAGER(8)
#endif
#if N > 9
    MANAGER(9)
#endif
#if N > 10
    MANAGER(10)
#endif
#if N > 11
    MANAGER(11)
#endif
    od
}
