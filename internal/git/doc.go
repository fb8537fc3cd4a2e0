// Package git runs the git binary for a sweep: it reads history, makes a
// scratch worktree, builds commits from changes in memory, and pushes them.
//
// Contract:
//   - Nothing here touches the user's worktree or index, nor writes a ref of
//     the local repository. Objects are added to it, and for the life of a
//     Worktree an entry below .git/worktrees.
//   - The same base, changes, message and author give the same commit: its
//     dates are those of the base.
//   - Foreign text (keys, revisions, paths) never reaches a shell, and never
//     stands where git would take it as an option.
//   - A token is passed in the environment of the one call that needs it, for
//     the one URL it is meant for; never in arguments, configuration files or
//     errors. The environment of every call is free of the tokens of others.
//   - No hook of the user runs: hooks check a worktree, and ours is not theirs.
//   - When the context ends, git is asked to stop, then killed.
//
// Limits: a worktree has no submodules and no LFS contents; symbolic links and
// submodules are never changed.
package git
