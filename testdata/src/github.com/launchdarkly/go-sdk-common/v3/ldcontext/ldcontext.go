// Package ldcontext is a stub of LaunchDarkly's evaluation contexts.
package ldcontext

import "github.com/launchdarkly/go-sdk-common/v3/ldvalue"

// Kind is what a context is about.
type Kind string

// Context is whom a flag is asked for.
type Context struct {
	kind Kind
	key  string
}

// New returns the context of a user.
func New(key string) Context { return Context{"user", key} }

// NewWithKind returns a context of another kind.
func NewWithKind(kind Kind, key string) Context { return Context{kind, key} }

// NewMulti joins contexts.
func NewMulti(contexts ...Context) Context { return contexts[0] }

// Key returns the context's key.
func (c Context) Key() string { return c.key }

// Kind returns the context's kind.
func (c Context) Kind() Kind { return c.kind }

// Builder makes a Context step by step.
type Builder struct{ c Context }

// NewBuilder returns a Builder.
func NewBuilder(key string) *Builder { return &Builder{New(key)} }

// Anonymous sets whether the user is known.
func (b *Builder) Anonymous(value bool) *Builder { return b }

// Key sets the key.
func (b *Builder) Key(key string) *Builder { return b }

// Kind sets the kind.
func (b *Builder) Kind(kind Kind) *Builder { return b }

// Name sets the name.
func (b *Builder) Name(name string) *Builder { return b }

// SetBool sets an attribute.
func (b *Builder) SetBool(attributeName string, value bool) *Builder { return b }

// SetInt sets an attribute.
func (b *Builder) SetInt(attributeName string, value int) *Builder { return b }

// SetString sets an attribute.
func (b *Builder) SetString(attributeName, value string) *Builder { return b }

// SetValue sets an attribute.
func (b *Builder) SetValue(attributeName string, value ldvalue.Value) *Builder { return b }

// Build returns the context.
func (b *Builder) Build() Context { return b.c }
