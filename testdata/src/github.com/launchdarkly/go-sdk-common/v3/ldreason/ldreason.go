// Package ldreason is a stub of LaunchDarkly's evaluation details.
package ldreason

import "github.com/launchdarkly/go-sdk-common/v3/ldvalue"

// EvaluationDetail is a flag's value and where it comes from.
type EvaluationDetail struct {
	Value ldvalue.Value
}

// IsDefaultValue reports whether the code's default was served.
func (d EvaluationDetail) IsDefaultValue() bool { return true }
