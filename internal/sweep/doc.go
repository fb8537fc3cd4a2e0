// Package sweep removes stale flags: one flag, one branch, one pull request.
//
// A flag goes through the stages of stages.go, in order, and ends with one
// Outcome. The stages before "push" change nothing outside: the commit is
// built first, then the branch moves once, then the pull request follows. So
// an interrupt leaves nothing half done, and the next run goes on from there.
//
// Contract:
//   - There is no state but the repository and the forge: the branch's name,
//     the trailers of its commit, the hidden marker in the pull request.
//   - A run that finds nothing new writes nothing.
//   - What people did wins: a closed pull request stays closed, a branch with
//     commits of others is left alone, a text that was edited is not edited
//     back. It is told.
//   - The base moving on is no reason to push, unless it touched what the
//     removal touches.
//   - Flag keys, winners and all else that comes from outside is inert in
//     branch names, commit messages, titles and bodies.
//
// Limits: the branch lies in the repository itself, not in a fork; modules that
// are replaced by a folder outside of the repository are not seen by the
// Remover, since it works in a scratch worktree.
package sweep
