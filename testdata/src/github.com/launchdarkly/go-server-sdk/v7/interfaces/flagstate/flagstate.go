// Package flagstate is a stub of LaunchDarkly's bulk evaluation.
package flagstate

import "github.com/launchdarkly/go-sdk-common/v3/ldvalue"

// Option is an option of AllFlagsState.
type Option interface{ option() }

// AllFlags is the state of every flag.
type AllFlags struct{}

// GetValue returns a flag's value.
func (a AllFlags) GetValue(flagKey string) ldvalue.Value { return ldvalue.Null() }
