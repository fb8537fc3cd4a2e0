// Package testing is a stub of OpenFeature's provider of flags for one test.
package testing

import (
	"context"

	"github.com/open-feature/go-sdk/openfeature"
	"github.com/open-feature/go-sdk/openfeature/memprovider"
)

// TestFramework is what UsingFlags needs of a test.
type TestFramework = interface {
	Name() string
	Context() context.Context
}

// TestProvider answers with the flags of the test that asks.
type TestProvider struct{}

// NewTestProvider returns a provider without flags.
func NewTestProvider() TestProvider { return TestProvider{} }

// Metadata says who the provider is.
func (tp TestProvider) Metadata() openfeature.Metadata { return openfeature.Metadata{} }

// UsingFlags sets the flags of a test.
func (tp TestProvider) UsingFlags(test TestFramework, flags map[string]memprovider.InMemoryFlag) context.Context {
	return test.Context()
}

// Cleanup forgets the flags of the test.
func (tp TestProvider) Cleanup() {}
