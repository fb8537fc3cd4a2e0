// Package config has the shapes of Knative Serving that the catalogue speaks of.
package config

type Flag string

const (
	Enabled  Flag = "Enabled"
	Allowed  Flag = "Allowed"
	Disabled Flag = "Disabled"
)

type Features struct {
	MultiContainer  Flag
	PodSpecAffinity Flag
}
