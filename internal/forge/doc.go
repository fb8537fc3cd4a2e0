// Package forge finds, opens and updates pull requests on GitHub, or on a
// server with GitHub's interface.
//
// Contract:
//   - The token goes to the one API host, by https (http only on this
//     machine), and is in no error. Redirects to other hosts are refused.
//   - Every call has a time limit. Rate limits are waited for, up to a bound;
//     what is longer comes back as a RateLimitError. Answers that say "try
//     again" are tried again where that cannot do a thing twice.
//   - Errors are for people, and end with what to do next.
//
// It knows nothing of flags: which branch, which words, whether at all, is
// decided by internal/sweep.
package forge
