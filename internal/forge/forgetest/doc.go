// Package forgetest is a GitHub for tests: its interface for repositories,
// refs, pull requests and issues, in this process, over a real bare git
// repository that is served by git's own http-backend.
//
// It behaves as GitHub does where a sweep could trip: a second pull request
// for a branch is refused, so is one without commits; a pull request closes for
// good when its branch is deleted or no longer ahead of its base; renamed
// repositories redirect. Faults are injected with Server.Fail. It remembers
// every request, and can tell whether the token went anywhere else.
package forgetest
