// Package context is a stub of Unleash's evaluation context.
package context

// Context is whom a feature is asked for.
type Context struct {
	UserId     string
	SessionId  string
	Properties map[string]string
}
