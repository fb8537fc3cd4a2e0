// Package memprovider is a stub of OpenFeature's provider of flags in memory.
package memprovider

import "github.com/open-feature/go-sdk/openfeature"

// State says whether a flag is served.
type State string

// The states.
const (
	Enabled  State = "ENABLED"
	Disabled State = "DISABLED"
)

// InMemoryFlag is a flag.
type InMemoryFlag struct {
	Key            string
	State          State
	DefaultVariant string
	Variants       map[string]any
}

// InMemoryProvider answers from memory.
type InMemoryProvider struct{}

// NewInMemoryProvider returns a provider of the flags.
func NewInMemoryProvider(from map[string]InMemoryFlag) *InMemoryProvider { return &InMemoryProvider{} }

// Metadata says who the provider is.
func (i *InMemoryProvider) Metadata() openfeature.Metadata { return openfeature.Metadata{} }

// UpdateFlags replaces the flags.
func (i *InMemoryProvider) UpdateFlags(flags map[string]InMemoryFlag) {}
