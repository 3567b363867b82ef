/** How long to wait for an offer of the epoch that has begun without us. */
export const newEpochMs = 2500;
/** An offer that is younger than this is given its time. */
export const youngMs = 1500;
/** Candidates are tried so long before a new round. */
export const checkingMs = 4000;
/** Leaving does not wait longer for its last word. */
export const farewellMs = 1000;
